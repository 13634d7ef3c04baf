/** What the claims about a whole pipeline read of each component. */

import { type Ledger, type PipelineOptions, topicOptions } from '../../models/pipeline/index.ts';
import type { Driver } from '../../models/spark/streaming/index.ts';
import type { Local } from '../../src/model/index.ts';
import * as kafka from '../kafka/views.ts';
import * as query from '../spark/streaming/views.ts';

/** What a claim is about: the system's options, and the names of its brokers. */
export interface Subject extends PipelineOptions {
  brokers: string[];
}

export const subjectOf = (options: PipelineOptions): Subject => ({
  ...options,
  brokers: kafka.subjectOf(topicOptions(options)).brokers,
});

/**
 * Where the query rests between two batches or after a run that ended by itself: its next offset and
 * its batch, 0 after a run; null while it does not rest.
 */
export type Rest = { position: number; batch: number } | null;
export const rest = ({ value, context }: Local): Rest => {
  const { start, end, batch } = context as Driver;
  const position = value === 'finished' ? end : value === 'idle' ? start : null;
  return position === null ? null : { position: position[0]!, batch };
};

export type Copy = { leads: boolean; values: number[] };
/** A broker's log, and whether the broker takes itself for the leader. */
export const copy = (local: Local): Copy => {
  const { running, values } = kafka.values(local);
  return { leads: running && kafka.role(local).leading, values };
};

export const reported = (local: Local): boolean => (local.context as Ledger).lossReported;

/** The log of the broker that the controller has elected; null unless that broker leads by now. */
export function logOf(views: Record<string, unknown>): number[] | null {
  const { leader } = views.controller as kafka.Elected;
  const held = leader === null ? undefined : (views[leader] as Copy);
  return held?.leads ? held.values : null;
}

/** What a query that keeps state has committed and not shown yet. */
export interface Kept {
  readonly checkpoint: query.Logs;
  readonly state: (number[] | null)[][];
}
/** What `keptOf` reads; nothing of a query without state. */
export const readsState = ({ stream }: Subject) =>
  stream.operator === 'none' ? {} : { checkpoint: query.logs, state: query.versions };

/** The state that the next batch goes on with: records of open windows, or keys. */
export function keptOf({ stream }: Subject, views: Record<string, unknown>): number[] {
  if (stream.operator === 'none') return [];
  const { checkpoint, state } = views as unknown as Kept;
  return state[0]![checkpoint.lc + 1] ?? [];
}

/** What `logOf` reads. */
export const readsLog = ({ brokers }: Subject) => ({
  controller: kafka.elected,
  ...Object.fromEntries(brokers.map((id) => [id, copy])),
});
