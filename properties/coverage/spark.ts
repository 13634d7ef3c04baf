/** The settings of the Spark models that coverage is measured in. */
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
