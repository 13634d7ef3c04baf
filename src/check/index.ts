/** A deployment in, verdicts out. */

export { Board, type JobProgress } from './board.ts';
export { BOUNDS, type BoundsName } from './bounds.ts';
export { check, type Onlooker } from './check.ts';
export type { Job } from './job.ts';
export { type CheckOptions, FINDING_IDS, GUARANTEE_NAMES, REQUIRED_BY_DEFAULT } from './plan.ts';
export { type Retold, replayToken } from './replay-token.ts';
export {
  type Cell,
  type Counterexample,
  type Results,
  resultsSchema,
  type Scope,
  type Verdict,
  type Warning,
} from './results.ts';
export { faultsText } from './rows.ts';
export { toolVersion } from './version.ts';
