/** The catalogue of known-bad designs of state stores. */
import { files } from './files.ts';
import { format1 } from './format1.ts';
import { query } from './query.ts';

export type { StateStoreDesign } from './design.ts';

export const stateStoreDesigns = [...format1, ...query, ...files];
