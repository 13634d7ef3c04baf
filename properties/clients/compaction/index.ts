/** What must stay true of a compacted topic. */
export { compactionClaims } from './claims.ts';
export { guarantees } from './guarantees.ts';
export { compactionSituations } from './situations.ts';
