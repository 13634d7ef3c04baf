/** What must stay true of an idempotent producer. */
export { idempotenceClaims } from './claims.ts';
export { guaranteeClaims, guarantees } from './guarantees.ts';
export { situations } from './situations.ts';
