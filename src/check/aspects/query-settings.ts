/** What holdfast.yaml and Spark's settings say of a query, as the streaming model takes it. */
import type { Mode, SinkKind, Storage } from '../../../models/spark/streaming/index.ts';
import type { Deployment, Setting } from '../../config/index.ts';

type Stream = NonNullable<Deployment['stream']>;

/** Settings of a query that the model depends on. */
export type QueryBase = {
  readonly spark: '3.5' | '4.0' | '4.1';
  readonly sink: SinkKind;
  /** Does somebody say that a repeated batch changes nothing, and not how it is recognised? */
  readonly keyUnknown: boolean;
  readonly storage: Storage;
  readonly mode: Mode;
  readonly operator: 'none' | 'aggregate' | 'dedup';
  readonly deterministic: boolean;
  readonly startingOffsets: 'earliest' | 'latest';
  readonly failOnDataLoss: boolean;
  readonly isolation: 'read_committed' | 'read_uncommitted';
  /** Is the topic written in transactions? Then some of its records may be aborted. */
  readonly transactional: boolean;
  readonly speculation: boolean;
  readonly checksRenamedFile: boolean;
  /** What must be said, or is beyond the model, in a sentence: then nothing is explored. */
  readonly unclear: string | null;
};

const MANAGER = 'spark.sql.streaming.checkpointFileManagerClass';
const RENAME_CHECK = 'spark.sql.streaming.checkpoint.renamedFileCheck.enabled';
const SPECULATION = 'spark.speculation';
const DEFAULT_FS = 'spark.hadoop.fs.defaultFS';

/** What stands for an answer that is missing; nothing is explored then. */
const ANY = {
  spark: '4.1',
  sink: 'foreachBatch',
  storage: 'hdfs',
  operator: 'none',
} as const;

type Answer<T> = T | { readonly unclear: string };
const isClear = <T>(answer: Answer<T>): answer is T =>
  !(typeof answer === 'object' && answer !== null && 'unclear' in answer);

/** The settings that decide about the query of a deployment, and what they come to. */
export function queryOf(
  deployment: Deployment,
  stream: Stream,
): { base: QueryBase; settings: Setting[] } {
  const spark = (key: string): string | undefined => valuesOf(deployment, key)[0];
  const version: Answer<QueryBase['spark']> =
    stream.spark ?? ask('stream.spark is missing; state the Spark version, as "4.1"');
  const answers = {
    spark: version,
    sink: sinkOf(stream),
    storage: storageOf(stream.checkpoint, spark(MANAGER), spark(DEFAULT_FS)),
    mode: modeOf(stream),
    operator: operatorOf(stream),
    agreed: agreedOf(deployment),
  };
  const first = Object.values(answers).find((answer) => !isClear(answer));
  const clear = <T>(answer: Answer<T>, otherwise: T): T => (isClear(answer) ? answer : otherwise);
  const base: QueryBase = {
    spark: clear(answers.spark, ANY.spark),
    sink: clear<SinkKind>(answers.sink, ANY.sink),
    keyUnknown: stream.sink.idempotent === true,
    storage: clear<Storage>(answers.storage, ANY.storage),
    mode: clear<Mode>(answers.mode, 'sync'),
    operator: clear<QueryBase['operator']>(answers.operator, ANY.operator),
    deterministic: stream.deterministic ?? false,
    startingOffsets: stream.source.startingOffsets ?? 'latest',
    failOnDataLoss: stream.source.failOnDataLoss ?? true,
    isolation: stream.source.isolationLevel ?? 'read_uncommitted',
    transactional: deployment.settings.some(
      ({ subject, key }) => subject === 'producer' && key === 'transactional.id',
    ),
    speculation: isTrue(spark(SPECULATION)),
    checksRenamedFile: isTrue(spark(RENAME_CHECK)),
    unclear: first !== undefined && !isClear<unknown>(first) ? (first as Unclear).unclear : null,
  };
  return { base, settings: settingsOf(deployment, base) };
}

/** Of the keys that the model depends on. */
const SPARK_KEYS = [MANAGER, RENAME_CHECK, SPECULATION, DEFAULT_FS];

/** What Spark's files say of a key, each value once. */
function valuesOf({ settings }: Deployment, key: string): string[] {
  const own = settings.filter((one) => one.subject === 'spark' && one.key === key);
  return [...new Set(own.map(({ value }) => value))];
}

/** Scala's toBoolean. */
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** Of two files nobody knows which one Spark is given. */
function agreedOf(deployment: Deployment): Answer<true> {
  const key = SPARK_KEYS.find((one) => valuesOf(deployment, one).length > 1);
  if (key === undefined) return true;
  return ask(`${key} is ${valuesOf(deployment, key).join(' and ')} in different files; keep one`);
}

type Unclear = { readonly unclear: string };
const ask = (what: string): Unclear => ({ unclear: `Not explored: ${what}.` });

function sinkOf({ sink }: Stream): Answer<SinkKind> {
  const { kind, idempotent } = sink;
  switch (kind) {
    case 'kafka':
    case 'file':
    case 'delta':
      return kind;
    case 'other':
      return ask(
        'the model knows no sink of the kind other; name kafka, file, delta, foreachBatch or foreach',
      );
    case 'foreachBatch':
      if (idempotent === undefined) break;
      if (idempotent === false) return 'foreachBatch';
      if (idempotent === 'byPartitionAndEpoch') break;
      return idempotent === 'byBatchId' ? 'foreachBatchByBatchId' : 'foreachBatchByQueryAndBatchId';
    case 'foreach':
      if (idempotent === false) return 'foreach';
      if (idempotent === 'byPartitionAndEpoch') return 'foreachByPartitionAndEpoch';
      break;
  }
  const ways = kind === 'foreach' ? 'byPartitionAndEpoch' : 'byBatchId or byQueryAndBatchId';
  return ask(
    `stream.sink.idempotent of a ${kind} sink must say false, or by what a repetition is recognised: ${ways}`,
  );
}

/**
 * How the checkpoint's file manager creates files. Spark takes the configured class, else the one of
 * Hadoop's FileContext. Only HDFS renames atomically there: on a local file system, and on s3a, both
 * classes look and then rename (DelegateToFileSystem.renameInternal, FileSystem.rename).
 */
function storageOf(
  checkpoint: string,
  manager: string | undefined,
  defaultFs: string | undefined,
): Answer<Storage> {
  const scheme = schemeOf(checkpoint) ?? (defaultFs && schemeOf(defaultFs));
  if (scheme === undefined) {
    return ask(
      `stream.checkpoint '${checkpoint}' has no scheme; state one, as hdfs:// or s3a://, or ${DEFAULT_FS}`,
    );
  }
  const isS3 = scheme === 's3a';
  const looksFirst = isS3 || scheme === 'file';
  if (manager === undefined) {
    if (scheme === 'hdfs') return 'hdfs';
    if (looksFirst) return 'fsRename';
    return ask(`the model does not know how files of ${scheme}:// are created and renamed`);
  }
  if (isS3 && manager.endsWith('.AbortableStreamBasedCheckpointFileManager')) return 's3abort';
  if (looksFirst && manager.endsWith('.FileSystemBasedCheckpointFileManager')) return 'fsRename';
  if (manager.endsWith('.FileContextBasedCheckpointFileManager')) {
    if (scheme === 'hdfs') return 'hdfs';
    if (looksFirst) return 'fsRename';
  }
  return ask(`the model does not know ${manager} on ${scheme}:// (${MANAGER})`);
}

const schemeOf = (path: string): string | undefined => /^([a-z][a-z0-9+.-]*):/i.exec(path)?.[1];

function modeOf({ trigger = 'processingTime', asyncProgress = false }: Stream): Answer<Mode> {
  if (trigger === 'continuous' || trigger === 'realTime') {
    return ask(`the trigger ${trigger} is another model's (models/spark/streaming/epochs)`);
  }
  if (asyncProgress && trigger !== 'processingTime') {
    return ask(`stream.asyncProgress goes with the trigger processingTime, not with ${trigger}`);
  }
  if (asyncProgress) return 'async';
  return trigger === 'processingTime' ? 'sync' : trigger;
}

function operatorOf({ stateful, operator }: Stream): Answer<QueryBase['operator']> {
  if (!stateful) return 'none';
  return (
    operator ??
    ask('stream.operator is missing; a query that keeps state has one: aggregate or dedup')
  );
}

/** What is stated of these, and Spark's defaults of those that are not. */
function settingsOf(deployment: Deployment, base: QueryBase): Setting[] {
  const stated = deployment.settings.filter(
    ({ subject, key }) => subject === 'stream' || (subject === 'spark' && SPARK_KEYS.includes(key)),
  );
  const defaults: Setting[] = Object.entries({
    'source.startingOffsets': base.startingOffsets,
    'source.failOnDataLoss': String(base.failOnDataLoss),
    'source.isolationLevel': base.isolation,
    trigger: 'processingTime',
    asyncProgress: 'false',
    [SPECULATION]: 'false',
  }).map(([key, value]) => ({
    subject: key.startsWith('spark.') ? 'spark' : 'stream',
    key,
    value,
    origin: { default: `spark ${base.spark}` },
  }));
  return [...stated, ...defaults.filter((one) => !stated.some(({ key }) => key === one.key))];
}
