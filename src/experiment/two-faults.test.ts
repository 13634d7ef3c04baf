/** Faults that overlap: each does what it does alone, and ends only what it began. */
import { expect, test } from 'vitest';
import type { RunResult } from './result.ts';
import { run } from './run.ts';
import { type RunInput, runSetting } from './setting.ts';

const result = (input: RunInput): RunResult =>
  run(runSetting.parse({ seconds: 240, ...input }), 1, { samples: true }).result;

const kill = { kind: 'leaderKilled', at: 45, seconds: 90 } as const;

test('a leader that dies while it is cut off is missed, whatever heals before its session ends', () => {
  const { writes } = result({
    kafka: { sessionTimeoutMs: 30_000 },
    faults: [{ kind: 'leaderCutFromController', at: 40, seconds: 15 }, kill],
  });
  // A session of 30 s from the cut on, not the 99 s until its process is back.
  expect(writes).toMatchObject({ total: 32.48031587, phases: { detect: 31.48368467 } });
});

test('a pause of a leader that is dead changes nothing', () => {
  const alone = result({ faults: [kill] });
  const both = result({ faults: [kill, { kind: 'leaderPaused', at: 47, seconds: 5 }] });
  const { phases } = alone.writes!;
  expect(both.writes!.phases).toMatchObject({ detect: phases.detect, elect: phases.elect });
});

test('a slow leader that was cut off is slow still when the cut is healed', () => {
  const slow = { kind: 'leaderSlowNetwork', at: 40, seconds: 120, factor: 2_000 } as const;
  const cut = { kind: 'leaderCutFromClients', at: 45, seconds: 1 } as const;
  const [alone, both] = [[slow], [slow, cut]].map((faults) => result({ faults }).acknowledgement);
  expect([Math.round(alone!.p95), Math.round(both!.p95)]).toEqual([3_437, 3_568]);
});

test('a new controller gives every session its whole time anew', () => {
  const { writes } = result({
    kafka: { sessionTimeoutMs: 9_000 },
    faults: [
      { kind: 'leaderKilled', at: 60, seconds: 60 },
      { kind: 'controllerKilled', at: 62 },
    ],
  });
  expect(writes!.phases.detect).toBe(13.21754315);
});

test('two faults that wait for a batch both strike', () => {
  const { output } = result({
    faults: [
      { kind: 'workerKilled', at: 41, during: 'batch' },
      { kind: 'driverKilled', at: 42, during: 'batch' },
    ],
  });
  expect(output!.phases).toMatchObject({ detect: 0.04481565563, reload: 0.3615074027 });
});

test('a worker whose machine is lost is not back because the driver is', () => {
  const { samples, wholeAgain } = result({
    faults: [
      { kind: 'workerLost', at: 41, seconds: 150 },
      { kind: 'driverKilled', at: 45 },
    ],
  });
  const executors = [40, 100, 200].map((at) => samples[at - 1]!.activeExecutors);
  expect([executors, wholeAgain]).toEqual([[3, 2, 3], 150]);
});

test('a driver that is killed while it is down starts once', () => {
  const once = result({ faults: [{ kind: 'driverKilled', at: 41 }] });
  const twice = result({
    faults: [
      { kind: 'driverKilled', at: 41 },
      { kind: 'driverKilled', at: 45 },
    ],
  });
  expect(twice.output).toEqual(once.output);
  expect(twice.wholeAgain).toBe(once.wholeAgain);
});

test('the first fault is the one that strikes first, wherever it stands', () => {
  const worker = { kind: 'workerKilled', at: 60 } as const;
  expect(result({ faults: [worker, kill] })).toEqual(result({ faults: [kill, worker] }));
});

test('a broker that came back to its controller counts as active', () => {
  const { samples } = result({
    faults: [{ kind: 'leaderCutFromController', at: 40, seconds: 60 }],
  });
  expect([39, 60, 110].map((at) => samples[at - 1]!.activeBrokers)).toEqual([3, 2, 3]);
});

test('a worker that is back before its tasks let it go stays', () => {
  const { wholeAgain, recovered, samples } = result({
    workload: { kind: 'synthetic', messagesPerSecond: 50_000, keys: 100_000 },
    faults: [{ kind: 'workerDecommissioned', at: 40, seconds: 1, during: 'batch' }],
  });
  expect([wholeAgain, recovered, samples.at(-1)!.activeExecutors]).toEqual([1, true, 3]);
});

test('tasks of the only worker wait until it is back', () => {
  const only: RunInput = {
    spark: { workers: 1, networkTimeoutMs: 20_000, heartbeatIntervalMs: 5_000 },
    faults: [{ kind: 'workerLost', at: 60, seconds: 90, during: 'batch' }],
  };
  const { query } = run(runSetting.parse({ ...only, seconds: 240 }), 1);
  const gap = query.batches.findIndex(({ committedAt }) => committedAt > 150_000);
  const around = query.batches.slice(gap - 1, gap + 1);
  expect(around.map(({ committedAt }) => Math.round(committedAt / 1000))).toEqual([52, 153]);
});
