import type { Design } from './design.ts';

export const filesNamedByAttemptNumber: Design = {
  id: 'B41',
  system: 'output',
  does: "Files carry the attempt number, which begins at 0 again in the next stage attempt: a zombie's abort deletes what its namesake committed.",
  breaks: 'aCommittedJobHasItsOutput',
  history: 'SPARK-24552, SPARK-26682',
  setting: { sink: 'perAttempt', faults: { stageRetry: 1 } },
  rules: { namesFilesBy: 'attemptNumber' },
  shortest: 10,
};
