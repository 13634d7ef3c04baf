/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { expect, test } from 'vitest';
import { directDefaults, receiverDefaults } from '../../../models/spark/dstreams/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import type { Subject } from '../core/index.ts';
import { subjects } from './index.ts';

function brokenOf({ system, claims }: Subject): string[] {
  const { results } = explore(system, claims, { maxStates: 4_000_000 });
  return results
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ claim, verdict }) => `${claim.name} ${verdict}`);
}

const { records, batches } = directDefaults.bounds;
test.each([
  ['checkpoint', 'append'],
  ['checkpoint', 'byRecord'],
  ['checkpoint', 'skipByTime'],
  ['checkpoint', 'replaceByTime'],
  ['kafka', 'append'],
  ['kafka', 'byRecord'],
  ['ownStore', 'transactional'],
] as const)('offsets in %s, output %s: one more record or batch time', (offsets, sink) => {
  for (const faults of [{ driverCrash: 1 }, { gracefulStop: 1 }]) {
    const base = brokenOf(subjects.direct({ offsets, sink, faults }));
    for (const bounds of [
      { records: records + 1, batches },
      { records, batches: batches + 1 },
    ]) {
      expect(brokenOf(subjects.direct({ offsets, sink, faults, bounds }))).toEqual(base);
    }
  }
});

test.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])('reliable receiver %s, log %s: one more record', (reliable, writeAheadLog) => {
  for (const faults of [{ driverCrash: 1 }, { executorLoss: 1 }, { gracefulStop: 1 }]) {
    const options = { reliable, writeAheadLog, faults };
    const bounds = { records: receiverDefaults.bounds.records + 1 };
    expect(brokenOf(subjects.receiver({ ...options, bounds }))).toEqual(
      brokenOf(subjects.receiver(options)),
    );
  }
});
