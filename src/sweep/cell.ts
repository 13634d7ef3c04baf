/** A cell as the files of a deployment, and what was found as a row. */
import { stringify } from 'yaml';
import { type CheckOptions, type Job, type JobResult, knownAspect } from '../check/index.ts';
import { type PlannedRow, planOf } from '../check/plan.ts';
import { ConfigError, type Deployment, memoryFiles, readDeploymentFrom } from '../config/index.ts';
import { CONSUMER, PRODUCER } from '../config/keys.ts';
import type { SweepCell } from './grid.ts';
import type { RowKind } from './rows-file.ts';

/** What one guarantee came to. */
export interface SweepVerdict {
  readonly verdict: 'holds' | 'broken' | 'undecided';
  /** Moves of the shortest counterexample, of what is broken. */
  readonly length?: number;
}

/** A row of the safety map. */
export interface SweepRow extends SweepCell {
  /** Why Kafka, or Holdfast, would not take these settings together; then there are no verdicts. */
  readonly refused?: string;
  /** By guarantee; what says nothing of the cell is missing. */
  readonly verdicts: Readonly<Record<string, SweepVerdict>>;
}

/** What the source of a stream says in holdfast.yaml, and what the stream says of itself. */
const SOURCE = ['startingOffsets', 'failOnDataLoss', 'isolationLevel'];
const QUERY = ['spark', 'operator', 'deterministic', 'trigger', 'asyncProgress'];
/** All that the stream of holdfast.yaml is made of. */
const STREAM = ['sink', 'idempotent', 'stateful', 'checkpoint', ...QUERY, ...SOURCE];
const TOPIC = 'swept';
const NEWEST_SPARK = '4.1';

/** The files that say what the cell says. @throws ConfigError for a setting that has no place. */
export function filesOf({ kafka, settings }: SweepCell): Record<string, string> {
  const of = (isOwn: (key: string) => boolean): [string, string][] =>
    Object.entries(settings).flatMap(([key, value]) => (isOwn(key) ? [[key, String(value)]] : []));
  const cluster = ['brokers', 'storage', 'eligible.leader.replicas.version'];
  const isSpark = (key: string): boolean => key.startsWith('spark.');
  const named = [...cluster, ...STREAM, 'replication.factor'];
  const isTopic = (key: string): boolean =>
    !named.includes(key) && !PRODUCER.has(key) && !CONSUMER.has(key) && !isSpark(key);
  const properties = (isOwn: (key: string) => boolean): string =>
    of(isOwn)
      .map(([key, value]) => `${key}=${value}\n`)
      .join('');
  const files: Record<string, string> = {
    'holdfast.yaml': stringify({
      name: TOPIC,
      kafka: clusterOf(kafka, settings),
      topics: [
        {
          name: TOPIC,
          ...('replication.factor' in settings && {
            replicationFactor: Number(settings['replication.factor']),
          }),
          config: Object.fromEntries(of(isTopic)),
        },
      ],
      ...(STREAM.some((key) => key in settings) && { stream: streamOf(settings) }),
    }),
    'producer.properties': `bootstrap.servers=kafka:9092\n${properties((key) => PRODUCER.has(key))}`,
  };
  const consumer = properties((key) => CONSUMER.has(key));
  if (consumer !== '') files['consumer.properties'] = consumer;
  const spark = properties(isSpark);
  if (spark !== '') files['spark-defaults.conf'] = spark.replaceAll('=', ' ');
  return files;
}

type Settings = SweepCell['settings'];

function clusterOf(version: string | undefined, settings: Settings): Record<string, unknown> {
  const copies = Number(settings['replication.factor'] ?? 1);
  const eligible = settings['eligible.leader.replicas.version'];
  return {
    ...(version !== undefined && { version }),
    brokers: Number(settings.brokers ?? Math.max(3, copies)),
    storage: settings.storage ?? 'persistent',
    ...(eligible !== undefined && { eligibleLeaderReplicas: Number(eligible) === 1 }),
  };
}

function streamOf(settings: Settings): Record<string, unknown> {
  const { sink = 'other', idempotent, stateful = false, checkpoint } = settings;
  const stated = (keys: readonly string[]): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([key]) => keys.includes(key)));
  const { spark = NEWEST_SPARK, ...query } = stated(QUERY);
  return {
    spark: String(spark),
    source: { topic: TOPIC, ...stated(SOURCE) },
    stateful,
    ...query,
    sink: {
      kind: sink,
      ...(sink === 'kafka' && { topic: `${TOPIC}-output` }),
      ...(idempotent !== undefined && { idempotent }),
    },
    checkpoint: checkpoint ?? 'hdfs://namenode/checkpoint',
  };
}

/**
 * Judges a cell.
 * @param run does a job, or knows its result already.
 */
export async function rowOf(
  cell: SweepCell,
  run: (job: Job) => Promise<JobResult | string>,
): Promise<SweepRow> {
  const deployment = deploymentOf(cell);
  if (typeof deployment === 'string') return { ...cell, refused: deployment, verdicts: {} };
  const { faults, bounds, maxStates, accept } = cell;
  const options: CheckOptions = { faults, bounds, maxStates, accept };
  const plan = planOf(deployment, options);
  const verdicts: Record<string, SweepVerdict> = {};
  for (const group of plan.groups) {
    // The last row is the whole budget; the others are its single members.
    const row = plan.rows.filter((each) => each.group === group).at(-1)!;
    const only = group.aspect.guarantees.flatMap(({ claims }) => claims);
    const result = await run({ ...plan.jobs[row.job]!, only });
    if (typeof result === 'string') return { ...cell, refused: result, verdicts: {} };
    Object.assign(verdicts, verdictsOf(row, result));
  }
  return { ...cell, verdicts };
}

/** Without the topics that Kafka keeps for itself: no setting of a cell is about them. */
function deploymentOf(cell: SweepCell): Deployment | string {
  try {
    const deployment = readDeploymentFrom(memoryFiles(filesOf(cell)), ['/']);
    return { ...deployment, topics: deployment.topics.filter(({ internal }) => !internal) };
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(/^\/|(?<=[ (])\//g, '');
    throw error;
  }
}

function verdictsOf({ group, row }: PlannedRow, result: JobResult): Record<string, SweepVerdict> {
  const { guarantees } = knownAspect(group.aspect.name);
  const asked = guarantees.filter(({ name }) => group.aspect.isAsked(name, row.faults));
  return Object.fromEntries(
    asked.flatMap(({ name, claims }) => {
      const own = result.claims.filter(({ claim }) => claims.includes(claim));
      return own.length === 0 ? [] : [[name, together(own, result.unmet.length > 0)]];
    }),
  );
}

/** A guarantee's verdict from those of its claims; what holds vacuously is not known to hold. */
function together(claims: JobResult['claims'], isVacuous: boolean): SweepVerdict {
  const broken = claims.filter(({ verdict }) => verdict === 'broken');
  if (broken.length > 0) {
    return { verdict: 'broken', length: Math.min(...broken.map(({ length }) => length ?? 0)) };
  }
  const isOpen = isVacuous || claims.some(({ verdict }) => verdict === 'undecided');
  return { verdict: isOpen ? 'undecided' : 'holds' };
}

/** Rows of `cells`, as a file has them. */
export function rowsFor(cells: readonly SweepCell[]): RowKind<SweepRow> {
  const wanted = new Map(cells.map((cell) => [cell.cell, cell]));
  const isOf = (row: SweepRow, cell: SweepCell): boolean =>
    (Object.keys(cell) as (keyof SweepCell)[]).every(
      (key) => JSON.stringify(row[key]) === JSON.stringify(cell[key]),
    );
  return {
    one: 'cell',
    whole: 'grid',
    numberOf: ({ cell }) => cell,
    read: (content) => {
      if (typeof content !== 'object' || content === null || !('verdicts' in content)) return null;
      const row = content as SweepRow;
      const cell = wanted.get(row.cell);
      return cell && isOf(row, cell) ? row : null;
    },
  };
}
