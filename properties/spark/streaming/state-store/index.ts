/** What must stay true of the stores of a stateful operator. */
export { stateStoreClaims, stateStoreSituations } from './claims.ts';
