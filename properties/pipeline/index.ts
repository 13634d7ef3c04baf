/** What must stay true of a pipeline from its producer to its sink. */
export { leavesOut, pipelineClaims } from './claims.ts';
export {
  assumes,
  assumesOfQuery,
  assumesOfTransactions,
  claimsOf,
  guarantees,
  restsOn,
  restsOnProducer,
  restsOnTransactions,
} from './guarantees.ts';
export { situations } from './situations.ts';
export { type Subject, subjectOf } from './views.ts';
