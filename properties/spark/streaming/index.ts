/** What must stay true of a Structured Streaming query. */
export { claimsOf, type Guarantee, guarantees, streamingClaims } from './guarantees.ts';
export { situations } from './situations.ts';
export { type Subject, subjectOf } from './views.ts';
