/**
 * The repair of the example with unclean elections, written into its file. Two faults in one run take
 * 0.7 million states each time: too long beside the other repairs.
 */
import { expect, test } from 'vitest';
import { appliedRepairs } from '../../testing/applied-repairs.ts';

test('unclean elections, forbidden in the file, lose nothing to a slow replica and a crash', () => {
  const { applied } = appliedRepairs('examples/unclean', '--bounds', 'tiny');
  expect(applied).toEqual([
    {
      subjects: 'orders',
      guarantee: 'no-acked-loss',
      faults: 'brokerCrash=1, slowReplica=1',
      repair: ['holdfast.yaml:19 unclean.leader.election.enable: false'],
      before: 'broken',
      after: 'holds',
    },
  ]);
});
