/** What must stay true of Spark's DStreams. */

import {
  type DirectOptions,
  direct,
  directDefaults,
  type ReceiverOptions,
  received,
  receiverDefaults,
} from '../../../models/spark/dstreams/index.ts';
import type { Subject } from '../core/index.ts';
import { directClaims, directSituations } from './direct.ts';
import { receiverClaims, receiverSituations } from './received.ts';

export { directClaims, directSituations } from './direct.ts';
export { receiverClaims, receiverSituations } from './received.ts';

/** The streams by name, built from any part of their options. */
export const subjects = {
  direct: (options: Partial<DirectOptions> = {}): Subject => {
    const all = { ...directDefaults, ...options };
    return { system: direct(all), claims: directClaims(all), situations: directSituations(all) };
  },
  receiver: (options: Partial<ReceiverOptions> = {}): Subject => {
    const all = { ...receiverDefaults, ...options };
    return { system: received(all), claims: receiverClaims, situations: receiverSituations(all) };
  },
};
