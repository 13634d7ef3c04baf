/** What the driver, the attempts at one output partition and the output store say to each other. */
import type { Message } from '../../../src/model/index.ts';

/** The coordinator's name of an attempt: attempt numbers begin at 0 in every stage attempt. */
export type AttemptId = { stageAttempt: number; number: number };

// ---- driver to attempt ----
export interface LaunchWriter extends Message, AttemptId {
  type: 'LAUNCH_WRITER';
}
export interface Verdict extends Message {
  type: 'GRANTED' | 'DENIED';
}
// ---- attempt to driver ----
export interface FromWriter extends Message, AttemptId {
  type: 'MAY_I_COMMIT' | 'TASK_DONE' | 'TASK_DENIED' | 'TASK_FAILED';
  from: string;
}
// ---- attempt to store; `file` names what the attempt wrote ----
export interface ToStore extends Message {
  type: 'WRITE_FILE' | 'COMMIT_TASK' | 'ABORT_TASK';
  from: string;
  file: string;
}
// ---- store to attempt ----
export interface TaskCommit extends Message {
  type: 'TASK_COMMITTED' | 'TASK_COMMIT_FAILED';
}
// ---- driver to store ----
export interface CommitJob extends Message {
  type: 'COMMIT_JOB';
  /** The file that the accepted attempt reported. */
  file: string;
}
