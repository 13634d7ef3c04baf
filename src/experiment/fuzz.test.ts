/** Whatever is set and whatever goes wrong: a run comes to rest, its numbers fit, and models agree. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kafkaOptions } from '../../models/kafka/index.ts';
import { claimsOf, subjectOf } from '../../properties/kafka/index.ts';
import { type Claims, replayRun } from './agreement.ts';
import { type Run, run } from './run.ts';
import { FAULT_KINDS, type RunInput, type RunSetting, runSetting } from './setting.ts';

const readText = (file: string): string => readFileSync(file, 'utf8');

/** Few sets of what the models are built from, so that their tables are shared; all else varies. */
const shapes = fc.constantFrom<NonNullable<RunInput['kafka']>>(
  {},
  { replicationFactor: 2, idempotence: false },
  { minInsyncReplicas: 1, acks: '1', idempotence: false },
  { replicationFactor: 2, minInsyncReplicas: 1, acks: '1', uncleanElection: true },
  { replicationFactor: 1, minInsyncReplicas: 1 },
  { minInsyncReplicas: 1, acks: '0', idempotence: false },
);
const queries = fc.constantFrom<NonNullable<RunInput['spark']>>(
  {},
  { workers: 1, sink: 'file', stateful: false, storage: 's3' },
  { workers: 5, sink: 'kafka', failOnDataLoss: false },
  { workers: 7, sink: 'delta', stateKeys: 3_000_000, storage: 's3' },
);
const workloads = fc.constantFrom<NonNullable<RunInput['workload']>>(
  { kind: 'synthetic' },
  { kind: 'synthetic', messagesPerSecond: 50, skew: 1, keys: 100 },
  { kind: 'recorded', file: 'examples/workloads/clickstream.csv', speed: 5 },
  { kind: 'recorded', file: 'examples/workloads/sensors.csv' },
);
const faults = fc.record({
  kind: fc.constantFrom(...FAULT_KINDS),
  at: fc.integer({ min: 30, max: 60 }),
  seconds: fc.integer({ min: 1, max: 60 }),
  during: fc.constantFrom<'any' | 'batch'>('any', 'batch'),
  factor: fc.constantFrom(10, 2_000),
});
const inputs = fc
  .tuple(
    shapes,
    fc.record({
      brokers: fc.integer({ min: 3, max: 7 }),
      partitions: fc.constantFrom(1, 3, 10, 20),
      sessionTimeoutMs: fc.constantFrom(3_000, 9_000, 30_000),
      requestTimeoutMs: fc.constantFrom(5_000, 30_000),
      deliveryTimeoutMs: fc.constantFrom(10_000, 120_000),
      replicaLagTimeMaxMs: fc.constantFrom(5_000, 30_000),
      imbalanceCheckMs: fc.constantFrom(20_000, 300_000),
    }),
    queries,
    fc.constantFrom(2_000, 10_000, 30_000),
    workloads,
    fc.array(faults, { minLength: 1, maxLength: 2 }),
  )
  .map(
    ([shape, kafka, query, triggerMs, workload, two]): RunInput => ({
      kafka: { ...shape, ...kafka },
      spark: { ...query, triggerMs },
      workload,
      faults: two,
    }),
  );

const lengthOf = ({ faults: all, spark }: RunSetting): number =>
  Math.max(...all.map(({ at, seconds }) => at! + seconds)) + 90 + 4 * (spark.triggerMs / 1000);

/** Every number in `value` that is none. */
function unreal(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => unreal(one, `${path}.${key}`));
}

/** What a run of `setting` left that it should not have, long after the last fault is over. */
function leftovers(setting: RunSetting, { result, cluster, query }: Run): string[] {
  const { kafka, spark } = setting;
  const { loss, recovered, samples, writes, output, resources } = result;
  const end = result.seconds * 1000;
  const held = cluster.partitions.filter(
    (one) =>
      !one.isWhole ||
      one.cohorts.some(
        (c) => c.acknowledgedAt === null && !c.givenUp && c.arrived < end - 30_000,
      ) ||
      one.cohorts.some((c) => c.arrived < end - 30_000 && c.readableAt === null && one.isKept(c)),
  );
  const last = query.batches.at(-1)?.committedAt ?? 0;
  const stopsForLoss = query.state === 'failed' && spark.failOnDataLoss;
  const isSafe = kafka.acks === 'all' && kafka.minInsyncReplicas === 2 && !kafka.uncleanElection;
  const unfit = [writes, output].filter(
    (one) =>
      one &&
      Math.abs(Object.values(one.phases).reduce((sum, part) => sum + part, 0) - one.total) > 1e-6,
  );
  const { activeBrokers, activeExecutors } = samples.at(-1)!;
  return Object.entries({
    'a partition waits for ever': held.length > 0,
    'the query is idle for ever': !stopsForLoss && last < end - 2 * spark.triggerMs - 30_000,
    'the run did not recover': !stopsForLoss && !recovered,
    'something safe was lost': isSafe && loss.acknowledgedAndLost > 0,
    'an idempotent producer wrote twice': kafka.idempotence && loss.duplicatedInKafka > 0,
    'a sink that takes each batch once has one twice':
      spark.sink !== 'kafka' && loss.duplicatedInSink > 0,
    'readers saw what was lost after a clean election': !kafka.uncleanElection && loss.phantom > 0,
    'phases do not add up': unfit.length > 0,
    'a number is none': unreal(result).length > 0,
    'a share is above one': resources.batchBusy > 1 || resources.workersBusy > 1,
    'brokers are missing': activeBrokers < kafka.brokers,
    'executors are missing': activeExecutors < spark.workers,
    'more was acknowledged than offered': result.throughput > result.offered * 1.001 + 1,
  }).flatMap(([says, is]) => (is ? [says] : []));
}

test('a run comes to rest after whatever befell it, and its numbers fit', () => {
  const isAtRest = fc.property(inputs, fc.nat(1_000), (input, seed) => {
    const setting = runSetting.parse(input);
    const whole = { ...setting, seconds: lengthOf(setting) };
    expect(leftovers(whole, run(whole, seed, { samples: true, readText }))).toEqual([]);
  });
  fc.assert(isAtRest, { seed: 7, numRuns: 150 });
});

const claims: Claims = {
  kafka: (setting) => claimsOf(['no-acked-loss'], subjectOf(kafkaOptions(setting))),
  query: () => [],
};

/** A leader may be elected without a record and copy it before it leads: the claim speaks of then. */
test('a run is a path of the models, and loses nothing where none of them does', () => {
  const agrees = fc.property(inputs, fc.nat(1_000), (input, seed) => {
    const setting = runSetting.parse({ ...input, seconds: 100 });
    const whole = run(setting, seed, { moves: true, readText });
    const models = replayRun(setting, whole, claims);
    expect(models.filter(({ differs }) => differs !== null)).toEqual([]);
    const isBroken = models.some(({ broken }) => broken.has('acknowledgedRecordsSurvive'));
    if (!isBroken) expect(whole.result.loss.acknowledgedAndLost).toBe(0);
  });
  fc.assert(agrees, { seed: 7, numRuns: 5 });
});
