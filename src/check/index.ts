/** A deployment in, verdicts out. */

export {
  type Aspect,
  BOUNDS_NAMES,
  type BoundsName,
  type Findings,
  type ModelInput,
  type RowInput,
  type Subject,
} from './aspects/aspect.ts';
export {
  aspectNamed,
  aspects,
  FAULT_NAMES,
  FINDING_IDS,
  GUARANTEE_NAMES,
  knownAspect,
  requiredOf,
} from './aspects/index.ts';
export { Board, type JobProgress } from './board.ts';
export { check, type Onlooker } from './check.ts';
export { type Job, type JobResult, runJob, skippedJob } from './job.ts';
export type { CheckOptions } from './plan.ts';
export type { Editor } from './repair/search.ts';
export {
  type Retold,
  replayToken,
  runOfToken,
  settingsText,
  type TokenRun,
} from './replay-token.ts';
export {
  type Cell,
  type Counterexample,
  type Repair,
  type Results,
  resultsSchema,
  type Scope,
  type Verdict,
  type Warning,
} from './results.ts';
export { faultsText } from './rows.ts';
export { inTurn, type Runner } from './runner.ts';
export {
  type Frontier,
  type Tolerance,
  type ToleranceOptions,
  tolerance,
  toleranceSchema,
} from './tolerance.ts';
export { toolVersion } from './version.ts';
