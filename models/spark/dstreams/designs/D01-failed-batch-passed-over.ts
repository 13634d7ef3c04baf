import type { Design } from './design.ts';

export const failedBatchPassedOver: Design = {
  id: 'D01',
  system: 'direct',
  does: "The application goes on when a job fails; the next batch's commit covers the failed one.",
  breaks: 'everyRecordBehindTheStreamIsOutput',
  history: 'JobScheduler.handleJobCompletion only reports the error',
  setting: { offsets: 'kafka', faults: { driverCrash: 1, jobFailure: 1 } },
  rules: { endsOnFailedJob: false },
  shortest: 9,
};
