/** The settings of the Structured Streaming models that coverage is measured in. */
import { z } from 'zod';
import { streamingDesigns } from '../../models/spark/streaming/designs/index.ts';
import * as long from '../../models/spark/streaming/epochs/index.ts';
import * as query from '../../models/spark/streaming/index.ts';
import { stateStoreDesigns } from '../../models/spark/streaming/state-store/designs/index.ts';
import * as stores from '../../models/spark/streaming/state-store/index.ts';
import type { Case, Suite } from '../../src/coverage/suite.ts';
import { epochClaims } from '../spark/streaming/epochs/index.ts';
import { streamingClaims, subjectOf } from '../spark/streaming/index.ts';
import { stateStoreClaims } from '../spark/streaming/state-store/index.ts';

const small = { partitions: 1, bounds: { records: 2, batches: 2 } };
const settings: readonly Partial<query.StreamingOptions>[] = [
  { faults: { driverCrash: 1, executorLoss: 1, taskRetry: 1, zombieWrite: 1 } },
  { ...small, operator: 'dedup', faults: { driverCrash: 1, executorLoss: 1, zombieWrite: 2 } },
  { ...small, mode: 'async', sink: 'kafka', faults: { secondDriver: 1 } },
  { ...small, sink: 'file', faults: { secondDriver: 1 } },
  { ...small, storage: 's3abort', faults: { lostWrite: 1 } },
  { ...small, storage: 's3abort', faults: { secondDriver: 1 } },
  { ...small, mode: 'availableNow', faults: { sourceTruncated: 1, checkpointDeleted: 1 } },
  { ...small, faults: { retentionPassed: 1, checkpointDeleted: 1, zombieWrite: 1 } },
];

function ofQuery(given: Partial<query.StreamingOptions>): Case {
  const options = { ...query.defaults, ...given };
  return { system: query.streaming(options), claims: streamingClaims(subjectOf(options)) };
}
/** `deploy streaming`: Spark 4.1 as it is, unless told otherwise. */
const deployed = z
  .strictObject({
    sink: z.enum(Object.keys(query.sinkTraits) as [query.SinkKind]),
    storage: z.enum(['hdfs', 'fsRename', 's3abort']),
    mode: z.enum(['sync', 'once', 'availableNow', 'async']),
    operator: z.enum(['none', 'aggregate', 'dedup']),
    partitions: z.int().min(1),
    startingOffsets: z.enum(['earliest', 'latest']),
    failOnDataLoss: z.boolean(),
    maxOffsetsPerTrigger: z.int().min(1),
    bounds: z.strictObject({ records: z.int().min(1), batches: z.int().min(1) }),
    faults: z.record(z.string(), z.int().min(0)),
    rules: z.enum(['sound', 'spark41', 'spark35']),
  })
  .partial()
  .transform(({ rules = 'spark41', ...setting }) =>
    ofQuery({
      partitions: 1,
      ...(setting as Partial<query.StreamingOptions>),
      rules: { sound: query.sound, spark41: query.spark41, spark35: query.spark35 }[rules],
    }),
  );

function ofStores(given: Partial<stores.StateStoreOptions>): Case {
  const options = { ...stores.defaults, ...given };
  return { system: stores.stateStore(options), claims: stateStoreClaims(options) };
}
function ofEpochs(given: Partial<long.EpochOptions>): Case {
  const options = { ...long.defaults, ...given };
  return { system: long.epochs(options), claims: epochClaims(options) };
}

const late = { driverCrash: 1, executorLoss: 1, zombieWrite: 2 };
const ofStoreFiles: readonly Partial<stores.StateStoreOptions>[] = [
  { bounds: { batches: 1 }, faults: late },
  { inherits: 'anotherRun' },
  { width: 2, bounds: { batches: 1 }, faults: { partialConsumption: 1 } },
];

// Known-bad designs are among the cases: there are edges that no other takes.
export const structuredSuites: readonly Suite[] = [
  {
    name: 'streaming',
    about: 'Spark Structured Streaming: micro-batches',
    phases: [query.driverPhases],
    cases: () => [
      ...streamingDesigns
        .filter(
          ({ setting }) => (setting.operator ?? 'none') === 'none' || !setting.faults?.secondDriver,
        )
        .map(({ setting, rules }) => ofQuery({ ...setting, rules: { ...query.sound, ...rules } })),
      ...settings.map(ofQuery),
    ],
    stage: {
      build: deployed,
      words: query.words,
      narrate: query.narrate,
      evidence: query.evidence,
    },
  },
  {
    name: 'state-store',
    about: 'Spark Structured Streaming: state stores',
    phases: [stores.queryPhases],
    cases: () => [
      ...stateStoreDesigns
        .filter(({ setting }) => (setting.width ?? 1) === 1)
        .map(({ setting, rules }) =>
          ofStores({ ...setting, rules: { ...stores.sound, ...rules } }),
        ),
      ...ofStoreFiles.map(ofStores),
    ],
  },
  {
    name: 'epochs',
    about: 'Spark Structured Streaming: continuous processing and real-time mode',
    phases: [long.queryPhases],
    cases: () =>
      long.epochDesigns.map(({ setting, rules }) =>
        ofEpochs({ ...setting, rules: { ...long.sound, ...rules } }),
      ),
  },
];
