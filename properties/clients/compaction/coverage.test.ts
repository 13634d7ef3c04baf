/** Every stimulus fires, and every edge of every machine's control graph is taken by the search. */
import { expect, test } from 'vitest';
import { compaction, type Setting } from '../../../models/clients/compaction/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const bounds = { records: 3 };
const settings: readonly Setting[] = [
  { readerPace: 'withRoomForAPass', policy: 'compact,delete', transactions: true },
  { faults: { brokerCrash: 1 }, bounds },
  {
    replicas: 2,
    policy: 'compact,delete',
    bounds,
    faults: { brokerCrash: 1, slowReplica: 1, leaderMove: 1 },
    passes: 'atOnce',
  },
  {
    replicas: 2,
    readerPace: 'withRoomForAPass',
    bounds: { records: 3, keys: 1 },
    rules: { removalWaitsForReplicas: true },
    faults: { brokerCrash: 1 },
  },
];

const searched = mergeCoverage(
  settings.map((setting) => coverage(explore(compaction(setting), [], { whole: true }).stepper)),
);

test('every stimulus fires', () => {
  expect(searched.neverFired).toEqual([]);
});

test('every edge is taken', () => {
  expect(searched.neverTaken).toEqual([]);
});

test('every failure path is followed', () => {
  expect(searched.neverFollowed).toEqual([]);
});
