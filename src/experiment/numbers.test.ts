/** What a run reports is what came of it. */
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { type RunInput, runSetting } from './setting.ts';

const of = (input: RunInput, seed = 1) => run(runSetting.parse(input), seed);

test('writes are back when they are, though some were given up meanwhile', () => {
  const { result } = of({
    seconds: 600,
    kafka: { replicationFactor: 2 },
    faults: [{ kind: 'leaderKilled', at: 60, seconds: 200 }],
  });
  expect(result.writes!.total).toBe(206.9395671);
  expect(result.loss.unacknowledgedAndLost).toBe(582_741.18);
});

test('a leader that comes back copies what it missed, not all that it ever had', () => {
  const copying = [40, 240].map((at) => {
    const kafka = { imbalanceCheckMs: 3_600_000 };
    const faults: RunInput['faults'] = [{ kind: 'leaderKilled', at, seconds: 30 }];
    return of({ seconds: 400, kafka, faults }).result.wholeAgain!;
  });
  expect(copying.map((seconds) => Math.round(seconds))).toEqual([35, 36]);
});

test('who leads once more gives its followers the whole replica.lag.time.max.ms', () => {
  const { cluster } = of({
    seconds: 200,
    kafka: { replicaLagTimeMaxMs: 2_000, imbalanceCheckMs: 100_000 },
    faults: [{ kind: 'leaderKilled', at: 40, seconds: 10 }],
  });
  // Out at the end of its session, in again; and no change when leadership goes back to it.
  expect(cluster.partitions.map(({ marks }) => Math.round(marks.wholeSince! / 1000))).toEqual([
    55, 55, 55,
  ]);
});

test('batches that take longer than the trigger are no failure to recover', () => {
  const spark: RunInput['spark'] = { triggerMs: 1_000, storage: 's3', workers: 1 };
  expect(of({ seconds: 120, spark }, 2).result.recovered).toBe(true);
});

test('a run too short for a rate tells none', () => {
  const { offered, throughput, delivered } = of({ seconds: 30 }).result;
  expect([offered, throughput, delivered]).toEqual([0, 0, 0]);
});
