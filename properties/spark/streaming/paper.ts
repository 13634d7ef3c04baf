/**
 * What the paper that this project tests says about Structured Streaming, each statement as claims
 * about a query within bounds: as Spark 4.1 is, and with its findings repaired where that differs.
 */
import * as long from '../../../models/spark/streaming/epochs/index.ts';
import {
  defaults,
  type StreamingOptions,
  sound,
  spark41,
  streaming,
} from '../../../models/spark/streaming/index.ts';
import * as stores from '../../../models/spark/streaming/state-store/index.ts';
import type { Statement } from '../../paper/statement.ts';
import { epochClaims } from './epochs/index.ts';
import { guarantees, streamingClaims } from './guarantees.ts';
import { stateStoreClaims } from './state-store/index.ts';
import { subjectOf } from './views.ts';

type Subject = Statement['subject'];

const query = (given: Partial<StreamingOptions>): Subject => {
  const options = { ...defaults, rules: spark41, ...given };
  return { system: streaming(options), claims: streamingClaims(subjectOf(options)) };
};
const store = (given: Partial<stores.StateStoreOptions>): Subject => {
  const options = { ...stores.defaults, rules: stores.spark41, ...given };
  return { system: stores.stateStore(options), claims: stateStoreClaims(options) };
};
const epochs = (given: Partial<long.EpochOptions>): Subject => {
  const options = { ...long.defaults, bounds: { records: 2, epochs: 2 }, ...given };
  return { system: long.epochs(options), claims: epochClaims(options) };
};

/** A statement in several deployments; a guarantee's claims as far as the query has them. */
function statement(
  says: string,
  form: string,
  deployments: readonly (readonly [under: string, subject: Subject])[],
  wanted: readonly string[],
): Statement[] {
  return deployments.map(([under, subject]) => {
    const claims = wanted.filter((name) => subject.claims.some((claim) => claim.name === name));
    return { says, form, under, subject, claims };
  });
}
const claimsOf = (guarantee: string): readonly string[] =>
  guarantees.find(({ name }) => name === guarantee)!.claims;

const onceOnly = claimsOf('exactly-once-output');
const nothingLost = claimsOf('at-least-once-output');
const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;
const small = { partitions: 1, bounds: { records: 2, batches: 2 } };
const large = { partitions: 1, bounds: { records: 3, batches: 3 } };
const all = { driverCrash: 2, executorLoss: 2, zombieWrite: 1 };
const words = 'two driver crashes, two executors lost, a zombie';
const twoCrashes = { driverCrash: 2 };

const exactlyOnce = statement(
  "Kafka's transactions and Spark's atomic writes together give exactly-once, end to end.",
  "Decided for what readers of the sink see. Spark's Kafka sink takes part in no transaction " +
    '(SPARK-28908), so that the statement as it stands has no deployment.',
  [
    ['Kafka sink, one executor lost', query({ sink: 'kafka', faults: { executorLoss: 1 } })],
    [`file sink, checkpoint on hdfs, ${words}`, query({ sink: 'file', faults: all })],
    [
      `foreachBatch keyed by query and batch id, checkpoint on hdfs, ${words}`,
      query({ ...keyed, faults: all }),
    ],
    [`Delta sink, checkpoint on hdfs, ${words}`, query({ sink: 'delta', faults: all })],
    [
      'foreachBatch that appends, one driver crash',
      query({ sink: 'foreachBatch', faults: { driverCrash: 1 } }),
    ],
    [
      'foreachBatch keyed by query and batch id, asynchronous progress tracking, one driver crash',
      query({ ...keyed, ...large, mode: 'async', faults: { driverCrash: 1 } }),
    ],
    [
      'a transaction aborted by the producer, read_uncommitted (the default), no fault',
      query({ ...keyed, ...small, aborted: [0] }),
    ],
    [
      `a transaction aborted by the producer, read_committed, ${words}`,
      query({ ...keyed, ...small, aborted: [0], isolation: 'read_committed', faults: all }),
    ],
    [
      'continuous processing, Kafka sink, two driver crashes',
      epochs({ rules: long.spark41, faults: twoCrashes }),
    ],
    [
      'real-time mode, Kafka sink, two driver crashes',
      epochs({ mode: 'realTime', faults: twoCrashes }),
    ],
  ],
  onceOnly,
);

const nodeFailure = statement(
  'The failure of a Spark node loses no data.',
  'Decided for records that a restart does not read again.',
  [
    [`Kafka sink, checkpoint on hdfs, ${words}`, query({ sink: 'kafka', faults: all })],
    [`file sink, checkpoint on hdfs, ${words}`, query({ sink: 'file', faults: all })],
    [
      'continuous processing, Kafka sink, two driver crashes, Spark 4.1 as implemented',
      epochs({ rules: long.spark41, faults: twoCrashes }),
    ],
    [
      'continuous processing, Kafka sink, two driver crashes, findings repaired',
      epochs({ faults: twoCrashes }),
    ],
    [
      'real-time mode, Kafka sink, two driver crashes',
      epochs({ mode: 'realTime', faults: twoCrashes }),
    ],
    ['memory sink, one driver crash', query({ sink: 'memory', faults: { driverCrash: 1 } })],
    [
      'file sink started with a new checkpoint on its old output, one driver crash',
      query({ ...small, sink: 'file', faults: { driverCrash: 1, checkpointDeleted: 1 } }),
    ],
  ],
  nothingLost,
);

const cutLog = { ...keyed, partitions: 1, bounds: { records: 3, batches: 2 } };
const cut = { faults: { sourceTruncated: 1 } };
const lossNoticed = 'What Kafka loses under a network partition, Spark notices.';
const lossIsNoticed = statement(
  lossNoticed,
  'The paper does not say so; its measured loss presumes that it is seen. A log is cut by one ' +
    'record (unclean election) and grows again.',
  [
    ['failOnDataLoss=true, Spark 4.1 as implemented', query({ ...cutLog, ...cut })],
    ['failOnDataLoss=true, findings repaired', query({ ...cutLog, ...cut, rules: sound })],
  ],
  claimsOf('loss-is-reported'),
);
const lossIsPassedOver = statement(
  lossNoticed,
  'With failOnDataLoss=false nothing is promised; decided is whether the loss reaches the output.',
  [
    [
      'failOnDataLoss=false, findings repaired',
      query({ ...cutLog, ...cut, failOnDataLoss: false, rules: sound }),
    ],
  ],
  nothingLost,
);

const goesOn = statement(
  'After a failure processing recovers from the last checkpoint and goes on.',
  'Decided as: to start the query again is enough.',
  [
    [`checkpoint on hdfs, ${words}`, query({ ...keyed, ...small, faults: all })],
    [
      'checkpoint on s3 with the default manager, a driver crash in the middle of a write',
      query({
        ...keyed,
        ...small,
        storage: 'fsRename',
        faults: { driverCrash: 1, tornFile: 1 },
      }),
    ],
    ...([spark41, sound] as const).map((rules) => {
      const version = rules === sound ? 'findings repaired' : 'Spark 4.1 as implemented';
      const faults = { driverCrash: 1, lostWrite: 1 };
      const given = { ...keyed, partitions: 1, bounds: { records: 2, batches: 3 } };
      return [
        `checkpoint on s3 with the abortable manager, an upload fails and a driver crashes, ${version}`,
        query({ ...given, storage: 's3abort', faults, rules }),
      ] as const;
    }),
    [
      'retention shorter than the time the query is down, failOnDataLoss=true',
      query({ ...keyed, ...small, faults: { driverCrash: 1, retentionPassed: 1 } }),
    ],
  ],
  claimsOf('recovers-unattended'),
);

const second = { ...keyed, ...small, faults: { driverCrash: 1, secondDriver: 1 } };
const alone = { ...keyed, ...small, faults: { driverCrash: 2, executorLoss: 2 } };
const storage = statement(
  'The checkpoint may be kept on HDFS or S3.',
  'Decided as: exactly-once into a sink keyed by query and batch id is the same on both.',
  [
    ['hdfs, a second driver on the same checkpoint', query(second)],
    [
      's3 with the default manager, a second driver on the same checkpoint',
      query({ ...second, storage: 'fsRename' }),
    ],
    ['s3 with the default manager, one driver', query({ ...alone, storage: 'fsRename' })],
    ['s3 with the abortable manager, one driver', query({ ...alone, storage: 's3abort' })],
  ],
  onceOnly,
);

const stateEqual = 'State before a failure equals state after recovery from a checkpoint.';
const windows = { ...keyed, operator: 'aggregate', ...small } as const;
const windowed = { ...windows, bounds: { records: 2, batches: 3 }, faults: all };
const operators = statement(
  stateEqual,
  'Of a stateful query: state and watermark are what they would be without the failure.',
  [
    [`dropDuplicates, ${words}`, query({ ...keyed, ...large, operator: 'dedup', faults: all })],
    [`windows, ${words}, Spark 4.1 as implemented`, query(windowed)],
    [`windows, ${words}, findings repaired`, query({ ...windowed, rules: sound })],
  ],
  claimsOf('state-survives'),
);
const lateAndLost = {
  bounds: { batches: 2 },
  faults: { driverCrash: 1, resultLost: 1, zombieWrite: 1 },
};
const doubts = 'a driver crash, a lost result and a zombie';
const files = statement(
  stateEqual,
  "Of a state store's files and memory: each attempt starts from the state whose output stands.",
  [
    [
      `HDFS-backed store, attempts that are equal, ${doubts}`,
      store({ provider: 'hdfs', format: 1, deterministic: true, ...lateAndLost }),
    ],
    [
      `HDFS-backed store, attempts that differ, ${doubts}`,
      store({ provider: 'hdfs', format: 1, ...lateAndLost }),
    ],
    [`RocksDB, format 2, attempts that differ, ${doubts}`, store(lateAndLost)],
  ],
  [
    'attemptsStartFromTheAcceptedState',
    'committedStateIsThatOfTheAcceptedOutput',
    'everyStoreHasTheCommittedVersion',
    'memoryAgreesWithTheFiles',
  ],
);

const graceful = statement(
  'A graceful shutdown and restart neither loses nor repeats a record.',
  'Structured Streaming has no graceful stop but that of a trigger: to stop a query is a crash.',
  [
    [
      'AvailableNow, foreachBatch keyed by query and batch id, two driver crashes',
      query({
        ...keyed,
        mode: 'availableNow',
        maxOffsetsPerTrigger: 1,
        partitions: 1,
        bounds: { records: 2, batches: 3 },
        faults: twoCrashes,
      }),
    ],
    [
      'query stopped once and started again, foreachBatch keyed by query and batch id',
      query({ ...keyed, ...small, faults: { driverCrash: 1 } }),
    ],
    [
      'query stopped once and started again, Kafka sink',
      query({ ...small, sink: 'kafka', faults: { driverCrash: 1 } }),
    ],
  ],
  [...onceOnly, 'aFinishedRunLeavesNothingBehind'],
);

/** The paper's statements about Structured Streaming. */
export const streamingStatements = (): Statement[] => [
  ...exactlyOnce,
  ...nodeFailure,
  ...lossIsNoticed,
  ...lossIsPassedOver,
  ...goesOn,
  ...storage,
  ...operators,
  ...files,
  ...graceful,
];
