/** What must stay true of continuous processing and of real-time mode. */
export { epochClaims, epochSituations } from './claims.ts';
