/**
 * What the model takes for one step is tested at tiny bounds: a pass as one move or step by step,
 * segments swapped one by one or together, a follower's fetch and its answer as one or with
 * anything in between.
 */
import { expect, test } from 'vitest';
import {
  compaction,
  optionsOf,
  repaired,
  type Setting,
} from '../../../models/clients/compaction/index.ts';
import type { System } from '../../../src/model/index.ts';
import { queued } from '../../../src/model/queued.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { compactionClaims } from './index.ts';

const tiny: Setting = { replicas: 2, bounds: { records: 3, keys: 1 } };

// With faults a pass in steps can be cut short and done again: saturation.deep.ts compares those.
test('a pass in steps and a pass at once break the same claims', () => {
  const setting: Setting = { replicas: 2, bounds: { groupSegments: 4 } };
  const [inSteps, atOnce] = (['inSteps', 'atOnce'] as const).map((passes) => {
    const given = { ...setting, passes };
    return broken(compaction(given), given);
  });
  expect(atOnce).toEqual(inSteps);
});

// An answer that is older than the last change of leader is the replication model's subject.
test.each(['brokerCrash', 'slowReplica'])(
  'with one %s, fetches and answers that wait change no verdict',
  (fault) => {
    const setting: Setting = { ...tiny, passes: 'atOnce', rules: repaired, faults: { [fault]: 1 } };
    const links = [
      ['b1', 'b2'],
      ['b2', 'b1'],
    ] as const;
    const system = compaction(setting);
    expect(broken(queued(system, links, 1), setting)).toEqual(broken(system, setting));
  },
);

/** The safety claims that fail, by name. */
function broken(system: System, setting: Setting): string[] {
  const claims = compactionClaims(optionsOf(setting)).filter(
    ({ modality }) => modality === 'always',
  );
  const { complete, results } = explore(system, claims, { whole: true });
  expect(complete).toBe(true);
  return results.filter(({ verdict }) => verdict === 'broken').map(({ claim }) => claim.name);
}

test('segments swapped in one by one or together break the same claims', () => {
  const [apart, together] = [1, 4].map((groupSegments) => {
    const given: Setting = { faults: { brokerCrash: 1 }, bounds: { groupSegments } };
    return broken(compaction(given), given);
  });
  expect(together).toEqual(apart);
});
