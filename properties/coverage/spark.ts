/** The settings of the Spark models that coverage is measured in. */
import { z } from 'zod';
import * as core from '../../models/spark/core/index.ts';
import * as dstreams from '../../models/spark/dstreams/index.ts';
import type { Suite } from '../../src/coverage/suite.ts';
import { subjects as coreSubjects } from '../spark/core/index.ts';
import { subjects as dstreamSubjects } from '../spark/dstreams/index.ts';

const ofLineage: readonly Partial<core.LineageOptions>[] = [
  { faults: { executorLoss: 1 } },
  { faults: { fetchFailure: 1 }, maxStageAttempts: 1 },
  { faults: { taskFailure: 1, speculation: 1 } },
  { faults: { decommission: 1 } },
  {
    rules: { ...core.lineageDefaults.rules, onFetchFailure: 'failTask' },
    faults: { fetchFailure: 1 },
  },
];

const ofOutput: readonly Partial<core.OutputOptions>[] = [
  ...(['renamed', 'immediate'] as const).flatMap((sink) => [
    { sink, faults: { zombieTask: 1, stageRetry: 1, taskFailure: 1 } },
    { sink, faults: { executorLoss: 1, speculation: 1 } },
  ]),
  {
    sink: 'perAttempt',
    rules: { ...core.outputDefaults.rules, namesFilesBy: 'attemptNumber' },
    faults: { stageRetry: 1 },
  },
];

/** `deploy output`: FileOutputCommitter and the coordinator of Spark 2.4 to 4.1. */
const deployedOutput = z
  .strictObject({
    sink: z.enum(core.sinks),
    faults: z.record(z.string(), z.int().min(0)),
    rules: z
      .strictObject({
        namesFilesBy: z.enum(['uniqueId', 'attemptNumber']),
        locksOutliveStageAttempts: z.boolean(),
        refusesFailedAttempts: z.boolean(),
        releasesLockOfFailedAttempt: z.boolean(),
      })
      .partial(),
  })
  .partial()
  .transform(({ rules, ...setting }) =>
    coreSubjects.output({
      ...(setting as Partial<core.OutputOptions>),
      rules: { ...core.outputDefaults.rules, ...(rules as Partial<core.CommitRules>) },
    }),
  );

const losses = { executorLoss: 1, eviction: 1, decommission: 1, speculation: 1 };
const ofPersistence: readonly Partial<core.PersistenceOptions>[] = [
  { replicas: 1, faults: losses },
  { replicas: 2, checkpoint: 'reliable', faults: losses },
  { checkpoint: 'local', faults: losses },
  {
    checkpoint: 'reliable',
    rules: { ...core.persistenceDefaults.rules, takesTwinsCheckpoint: false },
    faults: losses,
  },
];

const bounds = { records: 1, batches: 2 };
const ends = { driverCrash: 1, gracefulStop: 1, stopTimeout: 1, hardStop: 1, jobFailure: 1 };
const { rules } = dstreams.directDefaults;
const ofDirect: readonly Partial<dstreams.DirectOptions>[] = [
  { bounds, faults: { ...ends, tornCheckpoint: 1 } },
  { bounds, offsets: 'kafka', faults: ends },
  {
    bounds,
    offsets: 'ownStore',
    sink: 'transactional',
    rules: { ...rules, storesOffsetsWithResults: false, endsOnFailedJob: false },
    faults: ends,
  },
];

const ofReceiver: readonly Partial<dstreams.ReceiverOptions>[] = [
  { bounds: { records: 1 }, faults: { driverCrash: 1, executorLoss: 1, gracefulStop: 1 } },
  {
    bounds: { records: 1 },
    rules: { ...dstreams.receiverDefaults.rules, dequeuesAfterLogging: false },
    faults: { hardStop: 1, logWriteFailure: 1 },
  },
];

export const sparkSuites: readonly Suite[] = [
  {
    name: 'lineage',
    about: 'Spark core: lineage and stage retries',
    phases: [core.jobPhases],
    cases: () => ofLineage.map(coreSubjects.lineage),
  },
  {
    name: 'output',
    about: 'Spark core: output commit',
    phases: [core.writePhases],
    cases: () => ofOutput.map(coreSubjects.output),
    stage: { build: deployedOutput, words: core.words },
  },
  {
    name: 'persistence',
    about: 'Spark core: caching and checkpoints',
    phases: [core.datasetPhases],
    cases: () => ofPersistence.map(coreSubjects.persistence),
  },
  {
    name: 'direct',
    about: 'Spark DStreams: direct stream',
    phases: [dstreams.driverPhases],
    cases: () => ofDirect.map(dstreamSubjects.direct),
  },
  {
    name: 'receiver',
    about: 'Spark DStreams: receivers',
    phases: [dstreams.driverPhases],
    cases: () => ofReceiver.map(dstreamSubjects.receiver),
  },
];
