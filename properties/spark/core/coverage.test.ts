import { expect, test } from 'vitest';
import {
  lineageDefaults,
  outputDefaults,
  persistenceDefaults,
} from '../../../models/spark/core/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { type Subject, subjects } from './index.ts';

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

test('every edge of a job is taken, every fault strikes', () => {
  const { lineage } = subjects;
  const parts = [
    lineage({ faults: { executorLoss: 1 } }),
    lineage({ faults: { fetchFailure: 1 }, maxStageAttempts: 1 }),
    lineage({ faults: { taskFailure: 1, speculation: 1 } }),
    lineage({ faults: { decommission: 1 } }),
    lineage({
      rules: { ...lineageDefaults.rules, onFetchFailure: 'failTask' },
      faults: { fetchFailure: 1 },
    }),
  ];
  expect(untouched(parts)).toEqual({ edges: [], stimuli: [] });
});

test('every edge of output commit is taken, every fault strikes', () => {
  const faults = { zombieTask: 1, stageRetry: 1, taskFailure: 1 };
  const parts = (['renamed', 'immediate'] as const).flatMap((sink) => [
    subjects.output({ sink, faults }),
    subjects.output({ sink, faults: { executorLoss: 1, speculation: 1 } }),
  ]);
  const rules = { ...outputDefaults.rules, namesFilesBy: 'attemptNumber' } as const;
  parts.push(subjects.output({ sink: 'perAttempt', rules, faults: { stageRetry: 1 } }));
  expect(untouched(parts)).toEqual({ edges: [], stimuli: [] });
});

test('every edge of persistence is taken, every fault strikes', () => {
  const faults = { executorLoss: 1, eviction: 1, decommission: 1, speculation: 1 };
  const parts = [
    subjects.persistence({ replicas: 2, checkpoint: 'reliable', faults }),
    subjects.persistence({ checkpoint: 'local', faults }),
    subjects.persistence({
      checkpoint: 'reliable',
      rules: { ...persistenceDefaults.rules, takesTwinsCheckpoint: false },
      faults,
    }),
  ];
  expect(untouched(parts)).toEqual({ edges: [], stimuli: [] });
});
