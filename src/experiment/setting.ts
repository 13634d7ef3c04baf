/**
 * What one simulated run is of: a cluster, a query, what is written, and what goes wrong when.
 *
 * Only what decides how long something takes, or what may happen, stands here; how long things take
 * that no setting decides is in `durations.ts`.
 */
import { z } from 'zod';

const ms = (key: string, unless: number) =>
  z.number().min(1).default(unless).describe(`${key}, milliseconds`);
const count = z.int().min(1);

/** Kafka's settings; defaults are those of 4.1. */
export const kafkaSetting = z.strictObject({
  brokers: count.default(3),
  replicationFactor: count.default(3),
  partitions: count.default(10),
  minInsyncReplicas: count.default(2),
  acks: z.enum(['0', '1', 'all']).default('all'),
  idempotence: z.boolean().default(true).describe('enable.idempotence'),
  uncleanElection: z.boolean().default(false).describe('unclean.leader.election.enable'),
  sessionTimeoutMs: ms('broker.session.timeout.ms', 9_000),
  heartbeatIntervalMs: ms('broker.heartbeat.interval.ms', 2_000),
  replicaLagTimeMaxMs: ms('replica.lag.time.max.ms', 30_000),
  fetchWaitMaxMs: ms('replica.fetch.wait.max.ms', 500),
  requestTimeoutMs: ms('request.timeout.ms', 30_000),
  deliveryTimeoutMs: ms('delivery.timeout.ms', 120_000),
  retryBackoffMs: ms('retry.backoff.ms', 100),
  lingerMs: z.number().min(0).default(5).describe('linger.ms'),
  imbalanceCheckMs: ms('leader.imbalance.check.interval.seconds * 1000', 300_000),
});

/** The query's settings; defaults are those of Spark 4.1. */
export const sparkSetting = z.strictObject({
  workers: count.default(3),
  coresPerWorker: count.default(4),
  triggerMs: ms('Trigger.ProcessingTime: every batch is a checkpoint', 10_000),
  storage: z.enum(['hdfs', 's3']).default('hdfs').describe('where the checkpoint is'),
  sink: z
    .enum(['file', 'foreachBatchByQueryAndBatchId', 'kafka', 'delta'])
    .default('foreachBatchByQueryAndBatchId'),
  stateful: z.boolean().default(true).describe('windows with a watermark, append mode'),
  shufflePartitions: count
    .default(200)
    .describe('spark.sql.shuffle.partitions: tasks of a stateful batch'),
  stateKeys: z.int().min(0).default(100_000).describe('rows of state, all tasks together'),
  stateRowBytes: z.int().min(0).default(200),
  deltasPerSnapshot: count.default(10).describe('stateStore.minDeltasForSnapshot'),
  failOnDataLoss: z.boolean().default(true),
  networkTimeoutMs: ms('spark.network.timeout', 120_000),
  heartbeatIntervalMs: ms('spark.executor.heartbeatInterval', 10_000),
  workerTimeoutMs: ms('spark.worker.timeout * 1000', 60_000),
});

/** What is written. */
const burstSetting = z
  .strictObject({
    factor: z.number().min(1),
    seconds: z.number().min(0),
    everySeconds: z.number().min(1),
  })
  .refine((bursts) => bursts.seconds <= bursts.everySeconds, {
    error: 'a burst lasts at most everySeconds',
    path: ['seconds'],
  })
  .describe(
    'For seconds in every everySeconds, at their end, the rate is factor times what it is before',
  );

export const workloadSetting = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('synthetic'),
    messagesPerSecond: z
      .number()
      .min(1)
      .default(10_000)
      .describe('Mean over a long time, bursts included: with bursts the rest is as much calmer'),
    messageBytes: z.int().min(1).default(1_000),
    bursts: burstSetting.optional(),
    keys: count
      .max(1_000_000)
      .default(10_000)
      .describe("How many keys; the hash of Kafka's default partitioner gives each its partition"),
    skew: z
      .number()
      .min(0)
      .max(2)
      .default(0)
      .describe("Exponent of Zipf's law over the keys; 0: all alike"),
  }),
  z.strictObject({
    kind: z.literal('recorded'),
    file: z
      .string()
      .describe('CSV with the columns timestamp (seconds), key (empty: none) and size (bytes)'),
    speed: z
      .number()
      .min(0.001)
      .default(1)
      .describe('The recording is played again and again, this many times as fast'),
  }),
]);

export const FAULT_KINDS = [
  'leaderKilled',
  'followerKilled',
  'controllerKilled',
  'leaderCutFromBrokers',
  'leaderCutFromReplicas',
  'leaderCutFromController',
  'leaderCutFromClients',
  'leaderSlowDisk',
  'leaderSlowNetwork',
  'leaderPaused',
  'rollingRestart',
  'leaderRejuvenated',
  'leadershipMoved',
  'workerKilled',
  'workerLost',
  'driverKilled',
  'workerDecommissioned',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const faultSetting = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  /** Seconds from the begin of the run; left out: drawn within the fourth trigger interval. */
  at: z.number().min(0).optional(),
  /** How long it lasts, or how long after it the process is started again. */
  seconds: z.number().min(0).default(30),
  /** Strikes as told, or as soon after it as tasks of a batch are running. */
  during: z.enum(['any', 'batch']).default('any'),
  /** How many times slower, of those that are slow. */
  factor: z.number().min(1).default(50),
});

export const runSetting = z.strictObject({
  kafka: kafkaSetting.prefault({}),
  spark: sparkSetting.prefault({}),
  workload: workloadSetting.prefault({ kind: 'synthetic' }),
  faults: z.array(faultSetting).default([]),
  /** Length of the run; left out: as long as its faults and trigger ask for. */
  seconds: z.number().min(1).optional(),
});

export type KafkaSetting = z.infer<typeof kafkaSetting>;
export type SparkSetting = z.infer<typeof sparkSetting>;
export type Workload = z.infer<typeof workloadSetting>;
export type Fault = z.infer<typeof faultSetting>;
export type RunSetting = z.infer<typeof runSetting>;
export type RunInput = z.input<typeof runSetting>;
