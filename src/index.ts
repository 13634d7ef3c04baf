/** Holdfast as a library: check a deployment, or a model of your own. */
export * from './check/index.ts';
export { onThreads } from './check/pool.ts';
export { diskFiles, readDeployment } from './config/disk.ts';
export * from './config/index.ts';
export { type Coverage, coverage, mergeCoverage } from './engine/coverage.ts';
export * from './model/index.ts';
export { type Itf, itfTrace } from './report/itf.ts';
export { junitReport } from './report/junit.ts';
export { markdownSummary } from './report/markdown.ts';
export { type DrawnRun, mermaidDiagram } from './report/mermaid.ts';
export { sarifLog } from './report/sarif.ts';
export { type TerminalOptions, terminalReport } from './report/terminal.ts';
export { type TestedRun, testFile } from './report/test-file.ts';
export {
  type ClaimResult,
  type Exploration,
  type ExploreOptions,
  explore,
  type Progress,
} from './schedulers/explore.ts';
export {
  confirm,
  EngineError,
  type Move,
  movesOf,
  replay,
  type Trace,
  type TraceMessage,
  type TraceStep,
} from './schedulers/replay.ts';
export {
  type Sample,
  type SampledClaim,
  type SampleOptions,
  sample,
} from './schedulers/sample.ts';
export {
  decodeToken,
  encodeToken,
  movesOfToken,
  type Token,
  TokenError,
} from './schedulers/token.ts';
