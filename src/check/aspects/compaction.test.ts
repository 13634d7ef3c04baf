/** Compacted topics as subjects: what is judged, under which faults, and what could be changed. */
import { expect, test } from 'vitest';
import { memoryFiles, readDeploymentFrom } from '../../config/index.ts';
import { explore } from '../../schedulers/explore.ts';
import { compaction } from './compaction.ts';

const subjects = (yaml: string) =>
  compaction.subjectsOf(
    readDeploymentFrom(memoryFiles({ 'holdfast.yaml': yaml }), ['holdfast.yaml']),
  );

const DEPLOYMENT = `kafka: { version: "4.1", brokers: 3 }
topics:
  - { name: events, replicationFactor: 3 }
  - { name: users, replicationFactor: 3, slowestReader: 2h, config: { cleanup.policy: compact } }
  - { name: late, replicationFactor: 1, slowestReader: 36h, config: { cleanup.policy: compact } }
  - { name: recent, replicationFactor: 1, config: { cleanup.policy: "compact,delete" } }
`;

test('only topics that are compacted are judged, each by the pace of its readers', () => {
  expect(subjects(DEPLOYMENT).map(({ name, summary }) => [name, summary])).toEqual([
    [
      'users',
      'compacted, readers within delete.retention.ms, replicas that clean at their own pace',
    ],
    ['late', 'compacted, readers of any pace, 1 replica'],
    ['recent', 'compacted, and deleted by age or size, readers of any pace, 1 replica'],
  ]);
});

/** Guarantees that do not hold for the named topic under `faults`, at tiny bounds. */
function broken(name: string, faults = {}, changed?: string): string[] {
  const subject = subjects(DEPLOYMENT).find((each) => each.name === name)!;
  const change = compaction.changesOf([subject], {} as never).find((each) => each.name === changed);
  const base = change ? change.apply(subject.base) : subject.base;
  const { input } = compaction.inputOf(base, { faults, bounds: 'tiny', repairs: [] });
  const { results } = explore(compaction.system(input), compaction.claims(input));
  const failed = results.flatMap(({ claim, verdict }) => (verdict === 'holds' ? [] : [claim.name]));
  return compaction.guarantees
    .filter(({ claims }) => claims.some((claim) => failed.includes(claim)))
    .map((guarantee) => guarantee.name);
}

test('a reader slower than delete.retention.ms breaks deletes-seen, a faster one does not', () => {
  expect([broken('late'), broken('users')]).toEqual([['deletes-seen'], []]);
});

test('longer tombstones, or no deletion by age, repair what they are for', () => {
  expect(broken('late', {}, 'retention of tombstones')).toEqual([]);
  expect(broken('recent')).toEqual(['latest-value-kept', 'deletes-seen']);
  expect(broken('recent', {}, 'cleanup policy')).toEqual(['deletes-seen']);
});

test('a tombstone is to stay twice as long as the slowest reader takes', () => {
  const late = subjects(DEPLOYMENT).filter(({ name }) => name === 'late');
  const changes = compaction.changesOf(late, {} as never);
  expect(changes.map(({ name, to }) => [name, to])).toEqual([
    ['retention of tombstones', '259200000'],
  ]);
});

test('a broker that is cut off is explored as one that lags, and the row says so', () => {
  const [users] = subjects(DEPLOYMENT);
  const row = { faults: { partition: 1 }, bounds: 'small', repairs: [] } as const;
  const { input, note } = compaction.inputOf(users!.base, row);
  expect([input.faults, note]).toEqual([
    { slowReplica: 1 },
    'partition=1 is explored as slowReplica=1: to cleaners and readers a broker that is cut off lags, and one that is stopped is gone.',
  ]);
});

test('a token carries what the model is built from, and nothing else', () => {
  const [users] = subjects(DEPLOYMENT);
  const row = { faults: { brokerCrash: 1 }, bounds: 'large', repairs: ['LC-3'] } as const;
  const { input } = compaction.inputOf(users!.base, row);
  expect(compaction.input.parse(JSON.parse(JSON.stringify(input)))).toEqual(input);
  expect(compaction.input.safeParse({ ...input, pace: 1 }).success).toBe(false);
});
