import { describe, expect, test } from 'vitest';
import { type OutputOptions, sinks } from '../../../models/spark/core/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { type Subject, subjects } from './index.ts';

/** The claims that do not hold, each with the length of its shortest counterexample. */
function brokenOf({ system, claims }: Subject): Record<string, number | undefined> {
  const { results } = explore(system, claims);
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim, moves }) => [claim.name, moves?.length]),
  );
}
function unmet({ system, situations }: Subject): string[] {
  const { results } = explore(system, situations);
  return results.filter(({ verdict }) => verdict !== 'holds').map(({ claim }) => claim.name);
}

describe('a job over a lineage', () => {
  test.each([
    [{}, 70],
    [{ executorLoss: 1 }, 3_760],
    [{ speculation: 1, taskFailure: 1 }, 1_835],
    [{ decommission: 1 }, 1_846],
    [{ fetchFailure: 1 }, 2_780],
  ])('partitioned by hash holds all claims under %o, in %i states', (faults, states) => {
    const subject = subjects.lineage({ faults });
    const seen = explore(subject.system, [...subject.claims, ...subject.situations], {
      whole: true,
    });
    expect(seen.results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(seen.states).toBe(states);
  });

  test('over a random key is aborted rather than wrong', () => {
    const options = { partitioning: 'undeclared', faults: { executorLoss: 1 } } as const;
    expect(unmet(subjects.lineage(options))).toEqual([]);
  });

  test('over unordered input is aborted rather than wrong', () => {
    const options = { partitioning: 'roundRobin', faults: { executorLoss: 1 } } as const;
    expect(unmet(subjects.lineage(options))).toEqual([]);
  });
});

describe('output commit', () => {
  const twice = 'aPartitionIsOutputOnce';
  const early = 'nothingIsVisibleBeforeTheJobCommits';
  const immediate = (length: number) => ({ [twice]: length, [early]: 2 });
  const matrix: Record<string, Partial<Record<OutputOptions['sink'], object>>> = {
    taskFailure: { perAttempt: { [twice]: 11 }, immediate: immediate(5) },
    executorLoss: { perAttempt: { [twice]: 11 }, immediate: immediate(5) },
    zombieTask: { perAttempt: { [twice]: 11 }, immediate: immediate(5) },
    stageRetry: { immediate: immediate(5) },
    speculation: { immediate: immediate(4) },
  };
  test.each(Object.keys(matrix))('under one %s each sink breaks exactly what it must', (fault) => {
    const seen = sinks.map((sink) => [
      sink,
      brokenOf(subjects.output({ sink, faults: { [fault]: 1 } })),
    ]);
    const expected = sinks.map((sink) => [
      sink,
      matrix[fault]![sink] ?? (sink === 'merged' ? { [early]: 4 } : {}),
    ]);
    expect(seen).toEqual(expected);
  });

  test.each(['renamed', 'manifest'] as const)(
    'of a %s sink holds under a zombie, a stage retry, a lost executor and a twin together',
    (sink) => {
      const faults = { zombieTask: 1, stageRetry: 1, executorLoss: 1, speculation: 1 };
      const subject = subjects.output({ sink, faults });
      expect([brokenOf(subject), unmet(subject)]).toEqual([{}, []]);
    },
  );

  test('situations are met under each fault', () => {
    const faults = ['taskFailure', 'executorLoss', 'zombieTask', 'stageRetry', 'speculation'];
    const missed = faults.map((fault) => unmet(subjects.output({ faults: { [fault]: 1 } })));
    expect(missed.flat()).toEqual([]);
  });
});

describe('persistence', () => {
  const same = 'everyActionSeesTheSameData';
  const had = 'theDataCanAlwaysBeHad';
  const equal = 'theCheckpointIsWhatWasOutput';
  // Rows: checkpoint, copies; columns: no loss, one executor lost, two.
  test.each([
    ['none', 0, [{}, {}, {}]],
    ['none', 1, [{}, {}, {}]],
    ['reliable', 0, [{}, {}, {}]],
    ['reliable', 2, [{}, {}, {}]],
    ['local', 0, [{}, { [had]: 3 }, { [had]: 3 }]],
    ['local', 2, [{}, {}, { [had]: 4 }]],
  ] as const)(
    'of a deterministic RDD, checkpoint %s and %i copies, breaks exactly what it must',
    (checkpoint, replicas, expected) => {
      const seen = [0, 1, 2].map((executorLoss) =>
        brokenOf(subjects.persistence({ checkpoint, replicas, faults: { executorLoss } })),
      );
      expect(seen).toEqual(expected);
    },
  );

  test.each([
    ['none', 0, [{ [same]: 2 }, { [same]: 2 }, { [same]: 2 }]],
    ['none', 1, [{}, { [same]: 3 }, { [same]: 3 }]],
    ['none', 2, [{}, {}, { [same]: 4 }]],
    [
      'reliable',
      0,
      [
        { [same]: 3, [equal]: 2 },
        { [same]: 3, [equal]: 2 },
        { [same]: 3, [equal]: 2 },
      ],
    ],
    ['reliable', 1, [{}, { [same]: 4, [equal]: 3 }, { [same]: 4, [equal]: 3 }]],
    ['reliable', 2, [{}, {}, { [same]: 5, [equal]: 4 }]],
    ['local', 0, [{}, { [had]: 3 }, { [had]: 3 }]],
  ] as const)(
    'of a non-deterministic RDD, checkpoint %s and %i copies, breaks exactly what it must',
    (checkpoint, replicas, expected) => {
      const seen = [0, 1, 2].map((executorLoss) =>
        brokenOf(
          subjects.persistence({
            deterministic: false,
            checkpoint,
            replicas,
            faults: { executorLoss },
          }),
        ),
      );
      expect(seen).toEqual(expected);
    },
  );

  test('a decommissioned executor hands its blocks on, or a local checkpoint is gone', () => {
    const options = { checkpoint: 'local', faults: { decommission: 1 } } as const;
    expect(brokenOf(subjects.persistence(options))).toEqual({});
    expect(brokenOf(subjects.persistence({ ...options, migratesBlocks: false }))).toEqual({
      [had]: 3,
    });
  });

  test('situations are met', () => {
    const faults = { executorLoss: 2 };
    const missed = [
      unmet(subjects.persistence({ replicas: 2, faults })),
      unmet(subjects.persistence({ checkpoint: 'reliable', replicas: 1, faults })),
    ];
    expect(missed.flat()).toEqual([]);
  });
});
