import { z } from 'zod';
import { PROPERTY_KINDS } from './classify.ts';

/** The guarantees that can be required, by their names on the command line. */
export const GUARANTEES = [
  'no-acked-loss',
  'no-committed-divergence',
  'readers-never-see-loss',
  'one-leader-per-epoch',
  'writable-with-one-broker-down',
  'recovers',
  'acks-mean-min-insync',
  'clean-leaders-are-complete',
  'no-duplicates',
  'order-kept',
  'at-least-once-consumption',
  'at-most-once-consumption',
  'consumers-read-in-order',
  'transactions-atomic',
  'no-aborted-reads',
  'transactions-finish',
  'latest-value-kept',
  'deletes-seen',
  'exactly-once-output',
  'at-least-once-output',
  'loss-is-reported',
  'state-survives',
  'one-driver-at-a-time',
  'recovers-unattended',
  'end-to-end-exactly-once',
  'no-silent-loss',
  'no-phantom-output',
  'recovers-end-to-end',
] as const;

/** The classes of faults that a fault budget counts. */
export const FAULTS = [
  'brokerCrash',
  'powerLoss',
  'diskLoss',
  'partition',
  'slowReplica',
  'lostMessage',
  'controlledShutdown',
  'deliveryTimeout',
  'consumerCrash',
  'slowConsumer',
  'rebalance',
  'processingError',
  'offsetsExpired',
  'producerCrash',
  'zombieProducer',
  'driverCrash',
  'executorLoss',
  'zombieWrite',
  'secondDriver',
  'lostWrite',
  'checkpointDeleted',
  'sourceTruncated',
] as const;

/** Findings about Kafka and Spark themselves that a deployment may accept: those of the models. */
export const FINDINGS = [
  'KF-1',
  'KF-2',
  'KF-3',
  'KF-4',
  'IP-1',
  'IP-2',
  'IP-3',
  'KC-1',
  'TF-1',
  'TF-2',
  'LC-1',
  'LC-2',
  'LC-3',
  'LC-4',
  'SS-1',
  'SS-2',
  'SS-3',
  'SS-4',
  'SS-5',
  'SS-6',
] as const;

/** When the offsets of a consumer are committed, and by whom. */
const COMMITS = ['auto', 'beforeProcessing', 'afterProcessing', 'inTransaction'] as const;

/** What the sink of a stream can be; the difference is what it does with a repeated batch. */
export const SINKS = ['kafka', 'file', 'delta', 'foreachBatch', 'foreach', 'other'] as const;

/** The kinds that a file listed in holdfast.yaml can be given. */
const FILE_KINDS = [...PROPERTY_KINDS, 'strimzi', 'compose'] as const;

/** More brokers than any cluster has; a larger number is a slip of the pen. */
export const MOST_BROKERS = 10_000;
/** Faults of one class; what the search can still exhaust is far below. */
const MOST_FAULTS = 9;

const kafka = z.strictObject({
  version: z
    .union([z.string(), z.number()])
    .optional()
    .describe('The Kafka version of the brokers, as "4.1" or "4.1.0". Quote it.'),
  brokers: z
    .int()
    .min(1)
    .max(MOST_BROKERS)
    .optional()
    .describe('How many brokers the cluster has. Properties files cannot say it.'),
  eligibleLeaderReplicas: z
    .boolean()
    .optional()
    .describe(
      'Whether the feature eligible.leader.replicas.version is 1 (KIP-966). Default: on for ' +
        'clusters created with Kafka 4.1 or later.',
    ),
  transactionVersion: z
    .literal([0, 1, 2])
    .optional()
    .describe(
      'The feature transaction.version (KIP-890), as far as producers use it: 2 needs brokers and ' +
        'clients of 4.0. Default: 2 for clusters created with Kafka 4.0 or later, 0 before.',
    ),
  storage: z
    .enum(['persistent', 'ephemeral'])
    .optional()
    .describe('ephemeral: a broker that loses its machine or pod loses its disk too.'),
});

const listedFile = z.union([
  z.string().min(1),
  z.strictObject({
    path: z.string().min(1).describe('Relative to this file.'),
    kind: z.enum(FILE_KINDS).optional().describe('Where the name and the keys do not tell.'),
    topic: z.string().min(1).optional().describe('The topic that a topic file describes.'),
  }),
]);

const topic = z.strictObject({
  name: z.string().min(1),
  replicationFactor: z
    .int()
    .optional()
    .describe("Number of replicas; -1 is the broker's default.replication.factor."),
  producer: z
    .string()
    .min(1)
    .optional()
    .describe('The producer file that writes this topic; needed if there are several.'),
  slowestReader: z
    .string()
    .min(1)
    .optional()
    .describe(
      'For a compacted topic: how long its slowest reader may take to read it from its start to ' +
        'its end, pauses included, as "36h". Compared with delete.retention.ms.',
    ),
  config: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('Topic settings, such as min.insync.replicas.'),
});

const consumer = z.strictObject({
  file: z.string().min(1).optional().describe('Its consumer file, relative to this file.'),
  group: z.string().min(1).optional().describe('Its group.id, where no file says it.'),
  topics: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('The topics it reads. Default: all that are described.'),
  commits: z
    .enum(COMMITS)
    .optional()
    .describe(
      'When offsets are committed: auto by the client (enable.auto.commit), by the application ' +
        'beforeProcessing or afterProcessing a record, or inTransaction with the results.',
    ),
  processing: z
    .enum(['inPoll', 'handedOver'])
    .optional()
    .describe(
      'inPoll: all records of a poll are processed before the next poll. handedOver: other ' +
        'threads process them while polls go on.',
    ),
  leaderEpochs: z
    .boolean()
    .optional()
    .describe(
      'Whether its commits name the leader epoch (KIP-320), as commitSync() without offsets does ' +
        'and new OffsetAndMetadata(offset) does not.',
    ),
});

/** By what a sink of the user's own recognises a batch, or part of one, that it has already. */
const REPETITIONS = ['byBatchId', 'byQueryAndBatchId', 'byPartitionAndEpoch'] as const;

const stream = z.strictObject({
  spark: z.enum(['3.5', '4.0', '4.1']).optional().describe('The Spark version. Quote it.'),
  source: z.strictObject({
    topic: z.string().min(1),
    startingOffsets: z.enum(['earliest', 'latest']).optional(),
    failOnDataLoss: z.boolean().optional().describe('Default: true.'),
    isolationLevel: z
      .enum(['read_committed', 'read_uncommitted'])
      .optional()
      .describe('The option kafka.isolation.level. Default: read_uncommitted.'),
  }),
  stateful: z.boolean().describe('Whether the query keeps state between batches.'),
  operator: z
    .enum(['aggregate', 'dedup'])
    .optional()
    .describe('What the state is for: windows in append mode, or dropDuplicates.'),
  deterministic: z
    .boolean()
    .optional()
    .describe('Whether every attempt at a batch makes the same rows and the same state.'),
  trigger: z
    .enum(['processingTime', 'availableNow', 'once', 'continuous', 'realTime'])
    .optional()
    .describe('Default: processingTime.'),
  asyncProgress: z
    .boolean()
    .optional()
    .describe('The option asyncProgressTrackingEnabled. Default: false.'),
  sink: z.strictObject({
    kind: z.enum(SINKS),
    topic: z.string().min(1).optional().describe('For a kafka sink: the topic written.'),
    idempotent: z
      .union([z.boolean(), z.enum(REPETITIONS)])
      .optional()
      .describe(
        'For foreachBatch, foreach and other: whether a repeated batch changes nothing, or by ' +
          'what it is recognised.',
      ),
  }),
  checkpoint: z.string().min(1).describe('The checkpoint location, as s3a://bucket/path.'),
});

/** What one fault budget is: how many faults of a class may happen in one run. */
const budget = z.int().min(0).max(MOST_FAULTS).optional();

/**
 * The schema of holdfast.yaml for a given vocabulary. The published JSON Schema is generated from
 * the one with GUARANTEES and FAULTS.
 */
export function holdfastSchema(guarantees: readonly string[], faults: readonly string[]) {
  const survive = Object.fromEntries(faults.map((fault) => [fault, budget]));
  return z.strictObject({
    name: z.string().min(1).optional().describe('The name of the deployment in reports.'),
    kafka: kafka.optional(),
    files: z
      .array(listedFile)
      .min(1)
      .optional()
      .describe('The files that describe the deployment. Default: all others in the folder.'),
    topics: z.array(topic).optional(),
    consumers: z
      .array(consumer)
      .min(1)
      .optional()
      .describe('What the files of consumers cannot say, and consumers without a file.'),
    stream: stream.optional().describe('What the Spark query does.'),
    require: z
      .strictObject({ guarantees: z.array(z.enum(guarantees)).min(1) })
      .optional()
      .describe('What must hold; anything else is reported only.'),
    survive: z
      .strictObject(survive)
      .optional()
      .describe('The faults under which it must hold: how many of each class in one run.'),
    accept: z
      .union([z.literal('all'), z.array(z.enum(FINDINGS)).min(1)])
      .optional()
      .describe(
        'Findings about Kafka itself that are not held against this deployment: it is judged as ' +
          'if they were repaired.',
      ),
  });
}

/** The content of a valid holdfast.yaml. */
export type HoldfastFile = z.infer<ReturnType<typeof holdfastSchema>>;

/** What the stream does, as stated in holdfast.yaml. */
export type StreamDeployment = z.infer<typeof stream>;
