/** What must stay true of a pipeline from its producer to its sink. */
export { pipelineClaims } from './claims.ts';
export { assumes, assumesOfQuery, claimsOf, guarantees, restsOn } from './guarantees.ts';
export { situations } from './situations.ts';
export { type Subject, subjectOf } from './views.ts';
