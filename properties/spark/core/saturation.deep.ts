/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { expect, test } from 'vitest';
import {
  type LineageOptions,
  lineageDefaults,
  persistenceDefaults,
} from '../../../models/spark/core/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { type Subject, subjects } from './index.ts';

function brokenOf({ system, claims }: Subject): string[] {
  const { results } = explore(system, claims, { maxStates: 4_000_000 });
  return results
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ claim, verdict }) => `${claim.name} ${verdict}`);
}

const jobs: [string, Partial<LineageOptions>][] = [
  ['hash, one executor lost', { faults: { executorLoss: 1 } }],
  ['hash, one fetch failed', { faults: { fetchFailure: 1 } }],
  ['hash, decommission', { faults: { decommission: 1 } }],
  ['round robin, one fetch failed', { partitioning: 'roundRobin', faults: { fetchFailure: 1 } }],
];
test.each(jobs)('a job, %s: one more executor changes no verdict', (_, options) => {
  const { executors, partitions } = lineageDefaults.bounds;
  const base = brokenOf(subjects.lineage(options));
  const bounds = { executors: executors + 1, partitions };
  expect(brokenOf(subjects.lineage({ ...options, bounds }))).toEqual(base);
});

test.each([0, 1, 2] as const)('an RDD in %i copies: one more executor or action', (replicas) => {
  const options = { deterministic: false, replicas, faults: { executorLoss: 1, eviction: 1 } };
  const { executors, actions } = persistenceDefaults.bounds;
  const base = brokenOf(subjects.persistence(options));
  for (const bounds of [
    { executors: executors + 1, actions },
    { executors, actions: actions + 1 },
  ]) {
    expect(brokenOf(subjects.persistence({ ...options, bounds }))).toEqual(base);
  }
});
