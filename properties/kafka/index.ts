/** What must stay true of a Kafka partition. */
export { claimsOf, guarantees, kafkaClaims } from './guarantees.ts';
export { situations } from './situations.ts';
export { type Subject, subjectOf } from './views.ts';
