/**
 * Whole deployments among the examples: brokers, topics, clients and a Spark query together, each under
 * the faults that its holdfast.yaml says it survives. What is required and broken is repaired, the
 * repair written into the files, and the files checked again.
 */
import { expect, test } from 'vitest';
import { diskFiles, readDeployment } from '../config/disk.ts';
import {
  type Deployment,
  type Edit,
  editedFiles,
  editsFor,
  readDeploymentFrom,
} from '../config/index.ts';
import { allBroken } from './fixtures/verdicts.ts';
import { type CheckOptions, check, type Results } from './index.ts';

/** Without the internal topics, whose settings are those of the others. */
const own = (deployment: Deployment): Deployment => ({
  ...deployment,
  topics: deployment.topics.filter(({ internal }) => !internal),
});

const options = ({ survive }: Deployment): CheckOptions => ({
  bounds: 'tiny',
  faults: survive ?? {},
});

const verdicts = (results: Results) => [results.verdict, allBroken(results)];

/** The verdicts of an example. */
async function judged(name: string) {
  const deployment = own(readDeployment([`examples/${name}`]));
  return verdicts(await check(deployment, options(deployment)));
}

/** Its verdicts, the repairs found, and its verdict with their lines in the files. */
async function repaired(name: string) {
  const paths = [`examples/${name}`];
  const deployment = own(readDeployment(paths));
  const before = await check(
    deployment,
    { ...options(deployment), repair: true },
    {
      edit: (wanted, subjects) => editsFor(diskFiles, paths, deployment, wanted, subjects),
    },
  );
  const repairs = before.cells.flatMap(({ repair }) => repair ?? []);
  const unlike = [...new Set(repairs.map((repair) => JSON.stringify(repair.edits)))];
  const edits = unlike.flatMap((text) => (JSON.parse(text) ?? []) as Edit[]);
  if (edits.length === 0) return [...verdicts(before), repairs.map(({ says }) => says)];
  const after = own(readDeploymentFrom(editedFiles(diskFiles, edits), paths));
  const lines = edits.map(({ file, line, after: text }) => `${file}:${line} ${text.trim()}`);
  return [...verdicts(before), lines, (await check(after, options(after))).verdict];
}

test('etl-hdfs: no crash, and no second driver, gives a click twice or never', async () => {
  expect(await judged('etl-hdfs')).toEqual([
    'holds',
    {
      'replication: clicks': ['brokerCrash=1: all hold'],
      'idempotence: clicks': ['brokerCrash=1: all hold'],
      'pipeline: clicks, end to end': [
        'brokerCrash=1: all hold',
        'driverCrash=1: all hold',
        'secondDriver=1: all hold',
        'brokerCrash=1, driverCrash=1, secondDriver=1: all hold',
      ],
      'query: query of clicks': [
        'driverCrash=1: all hold',
        'secondDriver=1: all hold',
        'driverCrash=1, secondDriver=1: all hold',
      ],
    },
  ]);
});

test('kafka-to-kafka: the Kafka sink repeats rows after a crash, and no setting mends that', async () => {
  expect(await repaired('kafka-to-kafka')).toEqual([
    'broken',
    {
      'replication: orders, orders-enriched': ['brokerCrash=1: all hold'],
      'idempotence: orders, orders-enriched': ['brokerCrash=1: all hold'],
      'pipeline: orders, end to end': [
        'brokerCrash=1: all hold',
        'driverCrash=1: end-to-end-exactly-once broken in 16',
        'brokerCrash=1, driverCrash=1: end-to-end-exactly-once broken in 16',
      ],
      'query: query of orders': ['driverCrash=1: exactly-once-output broken in 12'],
    },
    ['No setting is known that could repair it.'],
  ]);
});

test('s3-checkpoint: two drivers on S3 lose payments; a file system that renames repairs it', async () => {
  expect(await repaired('s3-checkpoint')).toEqual([
    'broken',
    {
      'replication: payments': ['no faults: all hold'],
      'idempotence: payments': ['no faults: all hold'],
      // The query breaks what the whole assumes of it: nothing follows for the whole.
      'pipeline: payments, end to end': [
        'secondDriver=1: end-to-end-exactly-once undecided; no-silent-loss undecided',
      ],
      'query: query of payments': [
        'secondDriver=1: exactly-once-output broken in 15; at-least-once-output broken in 18; ' +
          'one-driver-at-a-time broken in 9',
      ],
    },
    ['examples/s3-checkpoint/holdfast.yaml:25 checkpoint: hdfs:///checkpoints/ledger'],
    'holds',
  ]);
});

test('changelog: a removed cache has committed what its workers had in hand', async () => {
  expect(await repaired('changelog')).toEqual([
    'broken',
    {
      'replication: accounts': ['no faults: all hold'],
      'idempotence: accounts': ['no faults: all hold'],
      'compaction: accounts': ['no faults: deletes-seen broken in 16'],
      'consumers: account-cache reading accounts': [
        'slowConsumer=1: at-least-once-consumption broken in 5; at-most-once-consumption broken in 10',
      ],
    },
    [
      'examples/changelog/cache.consumer.properties:5 enable.auto.commit=false',
      'examples/changelog/holdfast.yaml:22 commits: afterProcessing',
    ],
    'holds',
  ]);
});

test('transactions: a query that reads uncommitted takes aborted invoices for real', async () => {
  expect(await repaired('transactions')).toEqual([
    'broken',
    {
      'replication: invoices': ['no faults: all hold'],
      'transactions: invoices': ['no faults: no-aborted-reads broken in 2'],
      'pipeline: invoices, end to end': ['driverCrash=1: no-phantom-output broken in 13'],
      'consumers: audit reading invoices': [
        'consumerCrash=1: at-most-once-consumption broken in 10',
      ],
      'query: query of invoices': ['driverCrash=1: exactly-once-output broken in 9'],
    },
    ['examples/transactions/holdfast.yaml:30 isolationLevel: read_committed'],
    'holds',
  ]);
});

test('rack-aware: windows over three racks are exactly once through any one crash', async () => {
  expect(await judged('rack-aware')).toEqual([
    'holds',
    {
      'replication: readings': ['brokerCrash=1: all hold'],
      'idempotence: readings': ['brokerCrash=1: all hold'],
      'pipeline: readings, end to end': [
        'brokerCrash=1: all hold',
        'driverCrash=1: all hold',
        'brokerCrash=1, driverCrash=1: all hold',
      ],
      'consumers: dashboard reading readings': [
        'brokerCrash=1: all hold',
        'consumerCrash=1: at-most-once-consumption broken in 11',
        'brokerCrash=1, consumerCrash=1: at-most-once-consumption broken in 11',
      ],
      'query: query of readings': ['driverCrash=1: all hold'],
    },
  ]);
});
