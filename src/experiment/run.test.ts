/** What is known of these systems comes out of runs of them, and the same seed gives the same bytes. */
import { expect, test } from 'vitest';
import { CHECKS } from './durations.ts';
import { trackOf } from './kafka/track.ts';
import type { RunResult } from './result.ts';
import { run } from './run.ts';
import { FAULT_KINDS, type RunInput, runSetting } from './setting.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const result = (input: RunInput, seed: number): RunResult =>
  run(runSetting.parse(input), seed).result;
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const meanOf = (input: RunInput, measure: (result: RunResult) => number): number =>
  mean(SEEDS.map((seed) => measure(result(input, seed))));

test('the same seed gives the same bytes, whatever ran before it', () => {
  const input: RunInput = { faults: [{ kind: 'leaderKilled' }] };
  const first = JSON.stringify(result(input, 5));
  result({ ...input, kafka: { replicationFactor: 2, minInsyncReplicas: 1 } }, 5);
  result(input, 6);
  expect(JSON.stringify(result(input, 5))).toBe(first);
});

test('the recovery of writes from a killed leader is the session timeout and little else', () => {
  for (const sessionTimeoutMs of [3_000, 9_000, 30_000]) {
    const input: RunInput = {
      kafka: { sessionTimeoutMs },
      faults: [{ kind: 'leaderKilled' }],
    };
    const detect = meanOf(input, ({ writes }) => writes!.phases.detect);
    const rest = meanOf(input, ({ writes }) => writes!.total - writes!.phases.detect);
    // The last heartbeat was a second ago on average; the controller looks now and then.
    const look = CHECKS.brokerSession.every(runSetting.parse(input)) / 1000;
    expect(detect).toBeGreaterThan(sessionTimeoutMs / 1000 - 2);
    expect(detect).toBeLessThan(sessionTimeoutMs / 1000 + look);
    expect(rest).toBeLessThan(2.5);
  }
});

test('nothing acknowledged is lost with acks=all, min.insync.replicas 2 and clean elections', () => {
  for (const kind of FAULT_KINDS) {
    for (const seed of SEEDS.slice(0, 3)) {
      const { loss, stateIntact } = result({ faults: [{ kind }] }, seed);
      expect({ kind, seed, loss, stateIntact }).toMatchObject({
        loss: { acknowledgedAndLost: 0, duplicatedInKafka: 0, duplicatedInSink: 0, phantom: 0 },
        stateIntact: true,
      });
    }
  }
});

test('more workers shorten the reload of state and not the detection of a loss', () => {
  const of = (workers: number): RunInput => ({
    spark: { workers, stateKeys: 10_000_000 },
    faults: [{ kind: 'workerKilled', during: 'batch' }],
  });
  const phases = [3, 5, 7].map((workers) => ({
    reload: meanOf(of(workers), ({ output }) => output!.phases.reload),
    detect: meanOf(of(workers), ({ output }) => output!.phases.detect),
  }));
  const [three, five, seven] = phases;
  expect(five!.reload).toBeLessThan(three!.reload);
  expect(seven!.reload).toBeLessThan(five!.reload);
  // The same streams of chance: not a bit of difference.
  expect(new Set(phases.map(({ detect }) => detect)).size).toBe(1);
});

test('two replicas with min.insync.replicas 2 cannot be written to until the lost broker is back', () => {
  const two: RunInput['kafka'] = { replicationFactor: 2 };
  const faults: RunInput['faults'] = [{ kind: 'leaderKilled', seconds: 60 }];
  const strict = result({ kafka: { ...two, minInsyncReplicas: 2 }, faults }, 1);
  const lax = result({ kafka: { ...two, minInsyncReplicas: 1 }, faults }, 1);
  expect(strict.writes!.total).toBeGreaterThan(60);
  expect(lax.writes!.total).toBeLessThan(12);
});

test('a leader that is cut off loses what it acknowledged alone, for as long as it was', () => {
  const cut = (seconds: number): number =>
    result(
      {
        kafka: { acks: '1', idempotence: false },
        faults: [{ kind: 'leaderCutFromBrokers', seconds }],
      },
      1,
    ).loss.acknowledgedAndLost;
  // Four of ten partitions of 10,000 messages a second are led by it.
  expect([1, 5, 10, 30].map((seconds) => Math.round(cut(seconds) / 1000))).toEqual([0, 0, 40, 120]);
});

test('a leader moved away ahead of its end spares nothing with acks=all, a shutdown does', () => {
  const writes = (kind: 'leaderKilled' | 'leadershipMoved' | 'leaderRejuvenated'): number =>
    meanOf({ faults: [{ kind }] }, (run) => run.writes?.total ?? 0);
  const [killed, moved, stopped] = [
    writes('leaderKilled'),
    writes('leadershipMoved'),
    writes('leaderRejuvenated'),
  ];
  // As a follower it holds every write back just the same, until its session is over.
  expect(moved).toBeGreaterThan(0.8 * killed);
  expect(stopped).toBeLessThan(1);
});

test('a run ten times as long asks the machines for hardly anything new', () => {
  const track = trackOf(runSetting.parse({}).kafka, 0);
  const calls = (): number =>
    track.stepper.actors.reduce((sum, { machineCalls }) => sum + machineCalls, 0);
  const asked = (seconds: number): [calls: number, moves: number] => {
    const before = calls();
    const { moves } = result({ seconds }, 1);
    return [calls() - before, moves];
  };
  asked(600);
  const [more, moves] = asked(6_000);
  expect(moves).toBeGreaterThan(50_000);
  expect(more / moves).toBeLessThan(0.01);
});
