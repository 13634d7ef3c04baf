/** What must stay true of a Structured Streaming query. */
export { claimsOf, guarantees, streamingClaims } from './guarantees.ts';
export { situations } from './situations.ts';
export { type Subject, subjectOf } from './views.ts';
