/** What must stay true of consumers and their groups. */
export { consumerClaims } from './claims.ts';
export { guarantees } from './guarantees.ts';
export { situations } from './situations.ts';
