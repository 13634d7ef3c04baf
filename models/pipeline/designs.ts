/**
 * Known-bad pipelines: each half may be as it should be for what it promises by itself; it is the two
 * together that break what people expect of the whole. Most are deployments, not flaws of a protocol.
 */
import type { Design as AnyDesign } from '../../src/model/index.ts';
import { spark41 } from '../spark/streaming/index.ts';
import type { PipelineSetting } from './options.ts';

/** A pipeline's setting holds the rules of both halves. */
export type Design = AnyDesign<PipelineSetting, object>;

/** Two replicas of which one is enough to write: small, and safe against the loss of one broker. */
const topic = { replicas: 2, minInsyncReplicas: 1 } as const;
const stream = { sink: 'foreachBatchByQueryAndBatchId' } as const;
/** The same with windows, which close by the watermark. */
const windows = { ...stream, operator: 'aggregate' } as const;
const bounds = { records: 1, lags: 0, metadataLag: 1 };
const crash = { brokerCrash: 1 };
const whileLagging = { topic, stream, bounds: { ...bounds, lags: 1 } };

export const pipelineDesigns: readonly Design[] = [
  {
    id: 'E1',
    does: 'The leader alone acknowledges; what it did not pass on, the query never hears of.',
    breaks: 'lossesAreReported',
    history: 'acks=1, the default of producers before Kafka 3.0 (KIP-679)',
    setting: { topic: { ...topic, acks: 1 }, stream, bounds, faults: crash },
    soundSetting: { topic: { ...topic, acks: -1 } },
    rules: {},
    shortest: 5,
  },
  {
    id: 'E2',
    does: 'A replica that was not in sync is elected: the sink keeps what the log has lost.',
    breaks: 'theSinkShowsOnlyWhatTheLogKeeps',
    history: 'unclean.leader.election.enable=true',
    setting: {
      ...whileLagging,
      topic: { ...topic, uncleanLeaderElection: true },
      faults: crash,
    },
    soundSetting: { topic },
    rules: {},
    shortest: 13,
  },
  {
    id: 'E3',
    does: 'A replica that was not in sync is elected below a logged batch, and no restart gets past it.',
    breaks: 'thePipelineCatchesUpAgain',
    history: 'unclean.leader.election.enable=true with failOnDataLoss=true',
    setting: {
      ...whileLagging,
      topic: { ...topic, uncleanLeaderElection: true },
      faults: crash,
    },
    soundSetting: { topic },
    rules: {},
    shortest: 6,
  },
  {
    id: 'E4',
    does: 'The query passes over what a logged batch was to read and Kafka has lost.',
    breaks: 'passedOffsetsAreInTheSink',
    history: 'failOnDataLoss=false',
    setting: {
      ...whileLagging,
      topic: { ...topic, uncleanLeaderElection: true },
      stream: { ...stream, failOnDataLoss: false },
      faults: crash,
    },
    soundSetting: {
      topic: { ...topic, uncleanLeaderElection: true },
      stream: { ...stream, rules: { ...spark41, regressedEnd: 'keepsStart' } },
    },
    // That the election loses what was acknowledged no setting of the query can mend.
    givesUp: [
      'acknowledgedRecordsReachTheSink',
      'lossesAreReported',
      'theSinkShowsOnlyWhatTheLogKeeps',
      'thePipelineCatchesUpAgain',
    ],
    rules: {},
    shortest: 16,
  },
  {
    id: 'E5',
    does: 'The sink takes the rows of a task at once and recognises no repetition.',
    breaks: 'noRecordIsInTheSinkTwice',
    history: 'the Kafka sink: no transactions (SPARK-28908)',
    setting: { topic, stream: { sink: 'kafka' }, bounds, faults: { executorLoss: 1 } },
    soundSetting: { stream },
    rules: {},
    shortest: 11,
  },
  {
    id: 'E6',
    does: 'The query reads what an aborted transaction left in the log.',
    breaks: 'nothingAbortedReachesTheSink',
    history: 'kafka.isolation.level=read_uncommitted, the default',
    setting: { topic, stream: { ...stream, aborted: [0] }, bounds },
    soundSetting: { stream: { ...stream, aborted: [0], isolation: 'read_committed' } },
    rules: {},
    shortest: 11,
  },
  {
    id: 'E7',
    does: 'One copy is enough to commit, and it was only in memory when the power went.',
    breaks: 'acknowledgedRecordsReachTheSink',
    history: 'min.insync.replicas=1, the default',
    setting: { ...whileLagging, faults: { powerLoss: 1 } },
    soundSetting: { topic: { ...topic, minInsyncReplicas: 2 } },
    rules: {},
    shortest: 10,
  },
  {
    id: 'E8',
    does: 'The driver logs an end offset that a leader of yesterday told, and no restart gets past it.',
    breaks: 'thePipelineCatchesUpAgain',
    history: 'Spark 4.1 as implemented (SS-4); nothing is lost',
    setting: { topic, stream, bounds, faults: { partition: 1 } },
    soundSetting: { stream: { ...stream, rules: { ...spark41, regressedEnd: 'keepsStart' } } },
    rules: {},
    shortest: 15,
  },
  {
    id: 'E9',
    does: "Two drivers overwrite each other's log entries, and a batch is run again with another range.",
    breaks: 'noRecordIsInTheSinkTwice',
    history: 's3a with the default file manager; the query started twice',
    setting: {
      topic,
      stream: { ...stream, storage: 'fsRename' },
      bounds: { ...bounds, records: 2 },
      faults: { secondDriver: 1 },
    },
    soundSetting: { stream },
    rules: {},
    shortest: 32,
  },
  {
    id: 'E10',
    does: 'The producer sends again what it has no answer for, and the leader does not know it again.',
    breaks: 'noRecordIsInTheSinkTwice',
    history: 'enable.idempotence=false with retries, the default before Kafka 3.0 (KIP-679)',
    setting: {
      topic: { ...topic, retries: { most: 1, idempotent: false } },
      stream,
      bounds,
    },
    soundSetting: { topic: { ...topic, retries: { most: 1, idempotent: true } } },
    rules: {},
    shortest: 12,
  },
  {
    id: 'E11',
    does: 'A record is late by the watermark of the very batch that reads it, and dropped for that.',
    breaks: 'acknowledgedRecordsReachTheSink',
    history: 'SPARK-40925',
    setting: {
      topic,
      // The second record tells of the earlier event.
      stream: { ...windows, eventTimes: [2, 1], rules: { ...spark41, lateFilter: 'thisBatch' } },
      bounds: { ...bounds, records: 2 },
    },
    soundSetting: { stream: { ...windows, eventTimes: [2, 1] } },
    rules: {},
    shortest: 28,
  },
  {
    id: 'E12',
    does: 'A new checkpoint counts batches anew, the sink has them already, and their state is never made.',
    breaks: 'lossesAreReported',
    history: 'Spark 4.1 as implemented (SS-1): the file sink skips a batch, windows and all',
    setting: {
      topic,
      stream: { ...windows, sink: 'file' },
      bounds,
      faults: { driverCrash: 1, checkpointDeleted: 1 },
    },
    soundSetting: {
      stream: { ...windows, sink: 'file', rules: { ...spark41, skippedBatchRuns: true } },
    },
    rules: {},
    shortest: 22,
  },
];

/** The setting of a design, made sound. */
export const soundSettingOf = ({ setting, soundSetting }: Design): PipelineSetting => ({
  ...setting,
  ...soundSetting,
});
