/** Claims about Kafka's transactions. */
export { claimsOf, guarantees, transactionsClaims } from './guarantees.ts';
export { situations } from './situations.ts';
