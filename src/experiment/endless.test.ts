/** What was lost or given up is over as well: a run goes on after it, and is a path of the models. */
import { expect, test } from 'vitest';
import { replayRun } from './agreement.ts';
import { run } from './run.ts';
import { type RunInput, runSetting } from './setting.ts';

const none = { kafka: () => [], query: () => [] };

function runOf(input: RunInput, seed = 1) {
  const setting = runSetting.parse(input);
  const whole = run(setting, seed, { moves: true });
  return { ...whole, differs: replayRun(setting, whole, none).map(({ differs }) => differs) };
}

/** The followers lag behind a slow leader, which then dies; one of them is elected all the same. */
const unclean: RunInput = {
  seconds: 300,
  kafka: {
    ...{ acks: '1', idempotence: false, minInsyncReplicas: 1 },
    ...{ uncleanElection: true, replicaLagTimeMaxMs: 2_000 },
  },
  faults: [
    { kind: 'leaderSlowNetwork', at: 40, seconds: 60, factor: 12_000 },
    { kind: 'leaderKilled', at: 60, seconds: 60 },
  ],
};

test('a partition that showed two records at one offset is written and read on', () => {
  const { result, differs, cluster } = runOf(unclean);
  expect(differs).toEqual([null, null, null, null]);
  expect(cluster.partitions[0]!.ledger.contradictedAt).toBe(-1);
  expect(Math.round(result.throughput)).toBe(Math.round(result.offered));
  expect(result.loss).toMatchObject({ acknowledgedAndLost: 14_917.5, unacknowledgedAndLost: 0 });
});

test('a query that does not fail on data loss reads on, without what is lost', () => {
  const { result, differs, query } = runOf({ ...unclean, spark: { failOnDataLoss: false } });
  expect(differs).toEqual([null, null, null, null]);
  expect([query.intake.missed, result.recovered, result.stateIntact]).toEqual([
    14_917.5,
    true,
    false,
  ]);
});

test('a producer that gave records up of which it never heard goes on', () => {
  const { result, differs, cluster } = runOf({
    seconds: 400,
    faults: [{ kind: 'leaderCutFromBrokers', at: 60, seconds: 200 }],
  });
  expect(differs).toEqual([null, null, null, null]);
  expect(cluster.partitions.map(({ client }) => client.backlog)).toEqual([0, 0, 0]);
  expect([result.recovered, result.loss.unacknowledgedAndLost]).toEqual([true, 9_945]);
});

test('what was given up before any broker took it is not taken for another record', () => {
  const input: RunInput = {
    seconds: 160,
    kafka: {
      ...{ replicationFactor: 1, minInsyncReplicas: 1, partitions: 1 },
      ...{ sessionTimeoutMs: 3_000, deliveryTimeoutMs: 10_000 },
    },
    faults: [
      { kind: 'rollingRestart', at: 30 },
      { kind: 'leaderKilled', at: 31, seconds: 1 },
    ],
  };
  const { result, cluster } = runOf(input, 3);
  const givenUp = cluster.partitions[0]!.cohorts.filter((one) => one.givenUp);
  expect(givenUp.reduce((sum, { messages }) => sum + messages, 0)).toBe(9_150);
  expect(result.loss.unacknowledgedAndLost).toBe(9_150);
});
