import { expect, test } from 'vitest';
import { directDefaults, receiverDefaults } from '../../../models/spark/dstreams/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import type { Subject } from '../core/index.ts';
import { subjects } from './index.ts';

/** What no search of these subjects ever took. */
function untouched(parts: readonly Subject[]): {
  edges: readonly string[];
  stimuli: readonly string[];
} {
  const seen = mergeCoverage(
    parts.map(({ system }) => coverage(explore(system, [], { whole: true }).stepper)),
  );
  return { edges: seen.neverTaken, stimuli: seen.neverFired };
}

// Edges that only a known-bad design takes are taken by one.

test('every edge of a direct stream is taken, every fault strikes', () => {
  const bounds = { records: 1, batches: 2 };
  const ends = { driverCrash: 1, gracefulStop: 1, stopTimeout: 1, hardStop: 1, jobFailure: 1 };
  const parts = [
    subjects.direct({ bounds, faults: { ...ends, tornCheckpoint: 1 } }),
    subjects.direct({ bounds, offsets: 'kafka', faults: ends }),
    subjects.direct({
      bounds,
      offsets: 'ownStore',
      sink: 'transactional',
      rules: {
        ...directDefaults.rules,
        storesOffsetsWithResults: false,
        endsOnFailedJob: false,
      },
      faults: ends,
    }),
  ];
  expect(untouched(parts)).toEqual({ edges: [], stimuli: [] });
});

test('every edge of a receiver stream is taken, every fault strikes', () => {
  const bounds = { records: 1 };
  const parts = [
    subjects.receiver({ bounds, faults: { driverCrash: 1, executorLoss: 1, gracefulStop: 1 } }),
    subjects.receiver({
      bounds,
      rules: { ...receiverDefaults.rules, dequeuesAfterLogging: false },
      faults: { hardStop: 1, logWriteFailure: 1 },
    }),
  ];
  expect(untouched(parts)).toEqual({ edges: [], stimuli: [] });
});
