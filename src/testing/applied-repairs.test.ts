/** `npm run repairs`: every repair written into a copy of the files, and the copy checked. */
import { expect, test } from 'vitest';
import { appliedRepairs, checked } from './applied-repairs.ts';

const flags = (faults: string): string[] => ['--bounds', 'tiny', '--faults', faults];

test('a repair of one line is written and holds; the folder itself stays as it was', () => {
  const folder = 'examples/acks-one';
  const { ended, applied } = appliedRepairs(folder, ...flags('brokerCrash=1'));
  expect(ended.code).toBe(1);
  expect(applied).toEqual([
    {
      subjects: 'orders',
      guarantee: 'no-acked-loss',
      faults: 'brokerCrash=1',
      repair: ['producer.properties:5 acks=all'],
      before: 'broken',
      after: 'holds',
    },
  ]);
  expect(checked(folder, '--no-repair', ...flags('brokerCrash=1')).code).toBe(1);
});

test('what asks for more brokers is named and left to be done by hand', () => {
  const { applied } = appliedRepairs('examples/laptop', ...flags('diskLoss=1'));
  const repair = [
    'default.replication.factor 1 -> 2',
    'offsets.topic.replication.factor 1 -> 2',
    'transaction.state.log.replication.factor 1 -> 2',
    'min.insync.replicas 1 -> 2',
    'transaction.state.log.min.isr 1 -> 2',
    'By hand: Add a broker, with a node.id, listeners and a disk of its own; then change ' +
      'default.replication.factor, offsets.topic.replication.factor, ' +
      'transaction.state.log.replication.factor.',
  ];
  expect(applied.map(({ guarantee, ...each }) => [guarantee, each.repair, each.after])).toEqual(
    ['no-acked-loss', 'readers-never-see-loss', 'clean-leaders-are-complete'].map((guarantee) => [
      guarantee,
      repair,
      null,
    ]),
  );
});
