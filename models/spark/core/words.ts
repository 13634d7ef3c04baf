/** What is written in a scenario to bring about each stimulus of a write job. */
import type { Stimulus } from '../../../src/model/index.ts';

export const words = ({ to, event: { type } }: Stimulus): string =>
  phrases[type]?.(to) ?? `${to} ${type}`;

const phrases: Readonly<Record<string, (to: string) => string>> = {
  LAUNCH: () => 'launch an attempt',
  SPECULATE: () => 'launch a copy',
  RETRY_STAGE: () => 'retry the stage',
  COMMIT_JOB_NOW: () => 'commit the job',
  WRITE: (to) => `${to} writes`,
  ASK: (to) => `${to} asks to commit`,
  COMMIT: (to) => `${to} commits`,
  REPORT: (to) => `${to} reports`,
  FAIL_TASK: (to) => `${to} fails`,
  LOSE_EXECUTOR: (to) => `${to} loses its executor`,
  CUT_OFF: (to) => `${to} is cut off`,
};
