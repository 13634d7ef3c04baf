/**
 * A deployment as what a simulated run is of: everything that its files decide, each value with its
 * origin; what no file can say is a default, and named as such.
 */
import {
  ConfigError,
  type Deployment,
  didYouMean,
  type Setting,
  type TopicDeployment,
} from '../config/index.ts';
import { isIdempotent, type ProducerDeployment } from '../config/producer.ts';
import type { KafkaSetting, RunInput, SparkSetting } from './setting.ts';
import { BROKER, fromSettings, originText, PRODUCER_ONLY, SPARK, type Taken } from './stated.ts';

/** One value of the setting, and why it is so. */
export interface Assumed {
  /** As in `spark.triggerMs`. */
  readonly path: string;
  /** By the name that its users know it under: `broker.session.timeout.ms`. */
  readonly name: string;
  readonly value: string | number | boolean;
  /** `server.properties:7`, `default (kafka 4.1)`, or null: the deployment cannot say it. */
  readonly from: string | null;
}

export interface FromDeployment {
  readonly topic: string;
  readonly setting: RunInput;
  readonly assumed: readonly Assumed[];
  /** What the run is not of, though the deployment is: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * @param wanted the topic that is written and read; left out, it is the stream's source, or the first.
 * @throws ConfigError for what cannot be simulated.
 */
export function fromDeployment(deployment: Deployment, wanted?: string): FromDeployment {
  const topic = topicOf(deployment, wanted);
  const kafka = kafkaOf(deployment, topic);
  const { values: spark, notes: left } = sparkOf(deployment);
  const notes = topic.storage === 'ephemeral' ? [...left, EPHEMERAL] : left;
  const taken = [...prefixed('kafka', kafka), ...prefixed('spark', spark)];
  return {
    topic: topic.name,
    setting: { kafka: asObject(kafka), spark: asObject(spark) },
    assumed: taken,
    notes,
  };
}

const EPHEMERAL =
  'a broker that dies loses its disk (storage is ephemeral), but keeps it in a run: what is lost then, ' +
  'holdfast check says';

type Of<T> = Partial<Record<keyof T, Taken>>;

const asObject = <T extends object>(taken: Of<T>): Partial<T> =>
  Object.fromEntries(
    Object.entries<Taken | undefined>(taken).map(([field, one]) => [field, one!.value]),
  ) as Partial<T>;

const prefixed = <T extends object>(part: string, taken: Of<T>): Assumed[] =>
  Object.entries<Taken | undefined>(taken).map(([field, one]) => ({
    path: `${part}.${field}`,
    ...one!,
  }));

function topicOf({ topics, stream, files }: Deployment, wanted?: string): TopicDeployment {
  const own = topics.filter(({ internal }) => !internal);
  const name = wanted ?? stream?.source.topic;
  const found = name === undefined ? own[0] : own.find((topic) => topic.name === name);
  if (found) return found;
  const names = own.map((topic) => topic.name);
  throw new ConfigError(
    { file: files[0] ?? '(deployment)' },
    `there is no topic ${name}; ${didYouMean(name ?? '', names)}`,
  );
}

function kafkaOf(deployment: Deployment, topic: TopicDeployment): Of<KafkaSetting> {
  const { producer } = topic;
  const used = (key: string, value: Taken['value']): Taken => {
    const settings = [...topic.settings, ...(producer?.settings ?? [])];
    const setting = settings.find((one) => one.key === key);
    return { name: key, value, from: setting ? originText(setting.origin) : null };
  };
  const idempotent = producer !== undefined && isIdempotent(producer);
  const from = (subject: string): Setting[] =>
    deployment.settings.filter((one) => one.subject === subject);
  return {
    brokers: used('brokers', topic.brokers),
    replicationFactor: used('replication.factor', topic.replicationFactor),
    partitions: partitionsOf(deployment, topic),
    minInsyncReplicas: used('min.insync.replicas', topic.effectiveMinInsyncReplicas),
    acks: used('acks', topic.acks),
    idempotence: used('enable.idempotence', idempotent),
    uncleanElection: used('unclean.leader.election.enable', topic.uncleanLeaderElection),
    ...(producer && {
      requestTimeoutMs: used('request.timeout.ms', producer.requestTimeoutMs),
      deliveryTimeoutMs: used('delivery.timeout.ms', producer.deliveryTimeoutMs),
      lingerMs: used('linger.ms', producer.lingerMs),
      ...fromSettings(PRODUCER_ONLY, ownOf(producer, from('producer'))),
    }),
    ...fromSettings(BROKER, from('broker')),
  };
}

/** Those of the file that the producer's other settings are in; of all, if it says nothing else. */
function ownOf(producer: ProducerDeployment, settings: readonly Setting[]): readonly Setting[] {
  const fileOf = ({ origin: place }: Setting): string | null =>
    'file' in place ? place.file : null;
  const files = producer.settings
    .filter(({ subject }) => subject === 'producer')
    .flatMap((one) => fileOf(one) ?? []);
  return files.length === 0 ? settings : settings.filter((one) => files.includes(fileOf(one)!));
}

function partitionsOf({ settings }: Deployment, { partitions }: TopicDeployment): Taken {
  const stated =
    partitions ??
    settings.find(({ subject, key }) => subject === 'broker' && key === 'num.partitions');
  if (!stated) return { name: 'partitions', value: DEFAULT_PARTITIONS, from: null };
  return { name: stated.key, value: Number(stated.value), from: originText(stated.origin) };
}
const DEFAULT_PARTITIONS = 10;

type Stream = NonNullable<Deployment['stream']>;

function sparkOf(deployment: Deployment): { values: Of<SparkSetting>; notes: string[] } {
  const { stream, settings } = deployment;
  if (!stream) {
    return {
      values: {},
      notes: ['no file describes a query: one with the defaults of the simulator reads the topic'],
    };
  }
  const said = (key: string, value: Taken['value'], otherwise: string): Taken => {
    const setting = settings.find((one) => one.subject === 'stream' && one.key === key);
    return { name: key, value, from: setting ? originText(setting.origin) : otherwise };
  };
  const version = `default (spark ${stream.spark ?? '4.1'})`;
  const own = settings.filter(({ subject }) => subject === 'spark');
  const place = settings.find(({ subject }) => subject === 'stream')!.origin;
  const at = 'file' in place ? place : { file: '(deployment)' };
  return {
    values: {
      storage: said('checkpoint', storageOf(stream, own, at), version),
      sink: said('sink.kind', sinkOf(stream, at), version),
      stateful: said('stateful', stream.stateful, version),
      failOnDataLoss: said('source.failOnDataLoss', stream.source.failOnDataLoss ?? true, version),
      ...fromSettings(SPARK, own),
    },
    notes: notesOn(stream),
  };
}

type At = { readonly file: string; readonly line?: number };

function storageOf({ checkpoint }: Stream, own: Deployment['settings'], at: At): 'hdfs' | 's3' {
  const base = own.find(({ key }) => key === 'spark.hadoop.fs.defaultFS')?.value;
  const scheme = [checkpoint, base ?? ''].map((path) => /^([a-z][a-z0-9+.-]*):/i.exec(path)?.[1]);
  const first = scheme.find((one) => one !== undefined);
  if (first === 'hdfs') return 'hdfs';
  if (first === 's3a' || first === 's3') return 's3';
  throw new ConfigError(
    at,
    `how long files of the checkpoint '${checkpoint}' take is not known: the simulator has hdfs:// and ` +
      's3a://; name one of them',
  );
}

function sinkOf({ sink: { kind, idempotent } }: Stream, at: At): SparkSetting['sink'] {
  if (kind === 'kafka' || kind === 'file' || kind === 'delta') return kind;
  if (kind === 'foreachBatch' && idempotent === 'byQueryAndBatchId') {
    return 'foreachBatchByQueryAndBatchId';
  }
  throw new ConfigError(
    at,
    `a sink of the kind ${kind}${idempotent === undefined ? '' : `, idempotent ${idempotent},`} is not ` +
      'simulated; it can be kafka, file, delta, or foreachBatch with idempotent: byQueryAndBatchId',
  );
}

/** What the simulator leaves out. */
function notesOn({ trigger = 'processingTime', asyncProgress, operator }: Stream): string[] {
  return [
    ...(trigger === 'processingTime' ? [] : [`the trigger ${trigger} is run as processingTime`]),
    ...(asyncProgress
      ? ['progress is written before the next batch: asyncProgress is left out']
      : []),
    ...(operator === 'dedup' ? ['the state is that of windows: dropDuplicates is left out'] : []),
  ];
}
