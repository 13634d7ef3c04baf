/**
 * Failure paths of the Kafka model: every stimulus fires, every edge of every machine's control graph
 * is taken by exhaustive search, and random walks take most of them. Written to reports/coverage.json
 * and reports/coverage.txt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KafkaSetting, kafka, repair, repaired, rulesOf } from '../../models/kafka/index.ts';
import { type Coverage, coverage, mergeCoverage } from '../../src/engine/coverage.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { sample } from '../../src/schedulers/sample.ts';

const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));
const earlier = { ...repaired, truncation: 'onNewEpoch' as const };
const fencedLeader = { ...repaired, electsLastKnownLeader: 'always' as const };
const still = { bounds: { lags: 0 } };

/** Two replicas; between them the settings bring about all that can happen to one. */
const settings: readonly KafkaSetting[] = [
  { faults: { brokerCrash: 1 } },
  { faults: { powerLoss: 1, lostMessage: 1 } },
  { faults: { diskLoss: 1 } },
  { faults: { partition: 1 } },
  { faults: { slowReplica: 1, preferredElection: 1 } },
  { faults: { controlledShutdown: 2 }, ...still },
  { faults: { brokerCrash: 2 }, rules: withoutElr },
  { faults: { slowReplica: 1 }, acks: 0 },
  { faults: { slowReplica: 2 }, lateResponses: true, lateReads: true, ...still },
  { faults: { slowReplica: 2 }, rules: earlier, ...still },
  { faults: { controlledShutdown: 1, brokerCrash: 1 }, rules: withoutElr },
  { faults: { slowReplica: 2, brokerCrash: 1 }, rules: withoutElr, lateResponses: true, ...still },
  { faults: { brokerCrash: 2 }, rules: fencedLeader },
];
const systems = settings.map((setting) => kafka({ rules: repaired, replicas: 2, ...setting }));

const searched = mergeCoverage(
  systems.map((system) => coverage(explore(system, [], { whole: true }).stepper)),
);
const walked = mergeCoverage(
  systems.map((system) =>
    coverage(sample(system, [], { runs: 300, maxMoves: 40, seed: 1 }).stepper),
  ),
);

/** Edges taken, and failure paths followed, of all there are. */
function counts({ machines }: Coverage): { edges: string; failurePaths: string } {
  const all = Object.values(machines);
  const edges = all.flatMap((machine) => machine.edges.map(({ taken }) => taken > 0));
  const paths = all.flatMap((machine) => machine.failurePaths.map(({ taken }) => taken > 0));
  const of = (flags: boolean[]): string => `${flags.filter(Boolean).length} of ${flags.length}`;
  return { edges: of(edges), failurePaths: of(paths) };
}

test('every stimulus fires', () => {
  expect(searched.neverFired).toEqual([]);
});

test('every edge is taken by the search but those that only wait for a late answer', () => {
  // A broker whose role changes forgets the fetch whose answer is late, so none of these can be.
  expect(searched.neverTaken).toEqual([
    'broker: running.idle --FETCH_REFUSED[isAwaited]--> running.idle',
    'broker: running.following --LATE_FETCH_RESPONSE--> running.following',
    'broker: running.leading --FETCH_REFUSED[isAwaited]--> running.leading',
  ]);
});

test('every failure path is followed by the search', () => {
  expect(searched.neverFollowed).toEqual([]);
});

test('random walks take nearly all edges that the search takes', () => {
  expect([counts(searched), counts(walked)]).toEqual([
    { edges: '68 of 71', failurePaths: '22 of 22' },
    { edges: '62 of 71', failurePaths: '22 of 22' },
  ]);
});

test('the report is written', () => {
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/coverage.json', `${JSON.stringify({ searched, walked }, null, 2)}\n`);
  const unsampled = walked.neverTaken.filter((edge) => !searched.neverTaken.includes(edge));
  const lines = [
    `searched: ${JSON.stringify(counts(searched))}`,
    `sampled: ${JSON.stringify(counts(walked))}`,
    'never taken:',
    ...searched.neverTaken,
    'failure paths never followed:',
    ...searched.neverFollowed,
    'reachable, and not taken by a walk:',
    ...unsampled,
  ];
  writeFileSync('reports/coverage.txt', `${lines.join('\n')}\n`);
  expect(lines.length).toBeGreaterThan(5);
});
