import { expect, test } from 'vitest';
import { findings } from '../../models/kafka/index.ts';
import { FAULTS, FINDINGS, GUARANTEES } from '../config/index.ts';
import { aspects, FINDING_IDS, GUARANTEE_NAMES } from './aspects/index.ts';
import { check } from './check.ts';
import { deploymentOf, topicOf } from './fixtures/deployment.ts';
import { planOf } from './plan.ts';
import { faultsText } from './rows.ts';

const BROKER = [
  'default.replication.factor=3',
  'min.insync.replicas=2',
  'offsets.topic.replication.factor=3',
  'transaction.state.log.replication.factor=3',
  'transaction.state.log.min.isr=2',
  '',
].join('\n');

test('topics with equal settings are explored once', () => {
  const deployment = deploymentOf({
    'server.properties': BROKER,
    'orders.topic.properties': 'topic=orders\nreplication.factor=3\n',
    'audit.topic.properties': 'topic=audit\nreplication.factor=3\nmin.insync.replicas=1\n',
    'holdfast.yaml': 'kafka: { version: "4.1", brokers: 3 }\n',
  });
  const { rows, jobs } = planOf(deployment);
  expect([
    ...new Set(rows.map(({ group }) => group.subjects.map(({ name }) => name).join())),
  ]).toEqual(['audit', 'orders,__consumer_offsets,__transaction_state', 'audit,orders']);
  expect(rows).toHaveLength(16 + 7);
  expect(jobs).toHaveLength(16 + 7);
});

test('rows of ephemeral storage that come to the same are explored once', () => {
  const { rows, jobs } = planOf(topicOf({ storage: 'ephemeral' }));
  expect(rows.map(({ row, job }) => `${faultsText(row.faults)}: ${job}`)).toEqual([
    'no faults: 0',
    'brokerCrash=1: 1',
    'powerLoss=1: 1',
    'diskLoss=1: 1',
    'partition=1: 2',
    'slowReplica=1: 3',
    'lostMessage=1: 4',
    'controlledShutdown=1: 5',
  ]);
  expect(jobs).toHaveLength(6);
});

test('what is required comes from the caller, else from holdfast.yaml, else is the usual', () => {
  const usual = topicOf({});
  const own = topicOf({ more: 'require: { guarantees: [recovers, no-acked-loss] }' });
  expect(planOf(usual).required).toEqual([
    'no-acked-loss',
    'readers-never-see-loss',
    'one-leader-per-epoch',
    'clean-leaders-are-complete',
    'at-least-once-consumption',
    'at-least-once-output',
    'loss-is-reported',
    'no-silent-loss',
    'no-phantom-output',
  ]);
  expect(planOf(own).required).toEqual(['no-acked-loss', 'recovers']);
  expect(planOf(own, { require: ['recovers'] }).required).toEqual(['recovers']);
});

test('accepted findings are repaired in every exploration, and the caller wins over the file', () => {
  const all = topicOf({ more: 'accept: all' });
  const one = topicOf({ more: 'accept: [KF-1]' });
  const repairs = (...given: Parameters<typeof planOf>) => planOf(...given).jobs[0]!.input.repairs;
  expect(repairs(all)).toEqual(findings.map(({ id }) => id));
  expect(repairs(one)).toEqual(['KF-1']);
  expect(repairs(all, { accept: [] })).toEqual([]);
});

test('holdfast.yaml knows the guarantees and the findings that there are', () => {
  expect([...GUARANTEES].sort()).toEqual([...GUARANTEE_NAMES].sort());
  expect([...FINDINGS].sort()).toEqual([...FINDING_IDS].sort());
});

test('every aspect names its own guarantees and findings, and faults that holdfast.yaml knows', () => {
  expect(new Set(GUARANTEE_NAMES).size).toBe(GUARANTEE_NAMES.length);
  expect(new Set(FINDING_IDS).size).toBe(FINDING_IDS.length);
  for (const { faults, guarantees, requiredByDefault } of aspects) {
    expect(faults).toEqual(FAULTS.filter((fault) => faults.includes(fault)));
    expect(guarantees.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...requiredByDefault]),
    );
  }
});

test('what is required by name and nothing in the deployment is about is undecided', async () => {
  const { notes, verdict } = await check({ ...topicOf({}), topics: [] }, { require: ['recovers'] });
  expect([verdict, notes]).toEqual([
    'undecided',
    ['recovers is required, but nothing in the deployment is about it'],
  ]);
});

test('a fault that strikes nothing required is not survived for want of being looked at', async () => {
  const deployment = deploymentOf({
    'holdfast.yaml': [
      'kafka: { version: "4.1", brokers: 3 }',
      'topics: [{ name: orders, replicationFactor: 3 }]',
      'consumers: [{ group: payments, topics: [orders], commits: afterProcessing }]',
      '',
    ].join('\n'),
  });
  const { verdict, notes } = await check(
    { ...deployment, topics: deployment.topics.filter(({ name }) => name === 'orders') },
    { bounds: 'tiny', faults: { diskLoss: 1 }, require: ['at-least-once-consumption'] },
  );
  expect([verdict, notes]).toEqual([
    'undecided',
    ['diskLoss is to be survived, but nothing required is judged under it'],
  ]);
});
