/** What is known of Kafka's settings, found by checking them. */
import { expect, test } from 'vitest';
import { Board } from './board.ts';
import { topicOf } from './fixtures/deployment.ts';
import { broken } from './fixtures/verdicts.ts';
import { type CheckOptions, check } from './index.ts';
import { planOf } from './plan.ts';
import { resultsSchema } from './results.ts';
import { inTurn } from './runner.ts';

const tiny = { bounds: 'tiny', accept: ['KF-1', 'KF-2', 'KF-3', 'KF-4'] } as const;

async function found(
  config: Parameters<typeof topicOf>[0],
  options: CheckOptions,
): Promise<string[]> {
  return broken(await check(topicOf(config), { ...tiny, ...options }));
}

test('acks=all with two of three in sync survives a power loss with ELR', async () => {
  expect(await found({}, { faults: { powerLoss: 1 } })).toEqual(['powerLoss=1: all hold']);
});

test('without ELR a power loss takes an acknowledged record', async () => {
  expect(await found({ elr: false }, { faults: { powerLoss: 1 } })).toEqual([
    'powerLoss=1: ' +
      'no-acked-loss broken in 12; readers-never-see-loss broken in 12; ' +
      'clean-leaders-are-complete broken in 9; acks-mean-min-insync broken in 17; ' +
      'writable-with-one-broker-down broken in 3',
  ]);
});

test('with acks=1 a crash takes an acknowledged record that nobody had read', async () => {
  expect(await found({ acks: '1' }, { faults: { brokerCrash: 1 } })).toEqual([
    'brokerCrash=1: no-acked-loss broken in 2',
  ]);
});

test('with min.insync.replicas=1 a lost disk takes an acknowledged record', async () => {
  expect(await found({ minInsyncReplicas: 1 }, { faults: { diskLoss: 1 } })).toEqual([
    'diskLoss=1: ' +
      'no-acked-loss broken in 4; readers-never-see-loss broken in 8; ' +
      'clean-leaders-are-complete broken in 8; ' +
      'writable-with-one-broker-down broken in 3',
  ]);
});

test('with min.insync.replicas of all replicas no broker may be down', async () => {
  const results = await check(topicOf({ minInsyncReplicas: 3 }), {
    ...tiny,
    faults: { brokerCrash: 1 },
  });
  expect(broken(results)).toEqual(['brokerCrash=1: writable-with-one-broker-down broken in 1']);
  const cell = results.cells.find(({ guarantee }) => guarantee.startsWith('writable'))!;
  // Not why the last step's state is bad for the moment, but what lasts.
  expect(cell.counterexample!.because).toBe(
    'from here on, until somebody repairs something: acks=all is refused: the ISR is b2, b3',
  );
});

test('a single replica survives a power loss only if every record is flushed', async () => {
  const one = { replicas: 1, minInsyncReplicas: 1 };
  expect(await found(one, { faults: { powerLoss: 1 } })).toEqual([
    'powerLoss=1: ' +
      'no-acked-loss broken in 2; readers-never-see-loss broken in 4; ' +
      'clean-leaders-are-complete broken in 4; ' +
      'writable-with-one-broker-down broken in 1',
  ]);
  expect(await found({ ...one, flush: true }, { faults: { powerLoss: 1 } })).toEqual([
    'powerLoss=1: writable-with-one-broker-down broken in 1',
  ]);
});

test('as it is written, Kafka 4.1 loses to one crash what holds once its findings are repaired', async () => {
  const options = { bounds: 'small', accept: [], faults: { brokerCrash: 1 } } as const;
  expect(await found({}, options)).toEqual([
    'brokerCrash=1: ' +
      'no-acked-loss broken in 9, holds with repairs; ' +
      'readers-never-see-loss broken in 9, holds with repairs; ' +
      'clean-leaders-are-complete broken in 8, holds with repairs; ' +
      'acks-mean-min-insync broken in 12, holds with repairs',
  ]);
});

test('a limit ends in undecided, random runs go on with the seed, and can find what breaks', async () => {
  const options = { ...tiny, faults: { diskLoss: 1 }, maxStates: 10, seed: 7 } as const;
  const results = await check(topicOf({ minInsyncReplicas: 1 }), options);
  const [cell] = results.cells.filter(({ guarantee }) => guarantee === 'no-acked-loss');
  expect(cell!.scope).toMatchObject({
    states: 12,
    complete: false,
    limit: 'Stopped at 12 states (the limit is 10), depth 0.',
    sampled: { seed: 7 },
  });
  expect([cell!.verdict, cell!.counterexample?.shortest]).toEqual(['broken', false]);
});

test('what the model does not reach is undecided, with the reason', async () => {
  const six = { ...topicOf({}).topics[0]!, replicationFactor: 6 };
  const results = await check({ ...topicOf({}), topics: [six] }, { faults: {} });
  expect(results.verdict).toBe('undecided');
  expect(new Set(results.cells.map(({ scope }) => scope.limit))).toEqual(
    new Set(['Not explored: 6 replicas, and the model goes up to 5.']),
  );
});

test('results keep to their published schema, and the same check gives the same results', async () => {
  const deployment = topicOf({ replicas: 1, minInsyncReplicas: 1 });
  const run = () => check(deployment, tiny);
  const [one, two] = [await run(), await run()];
  expect(resultsSchema.parse(one)).toEqual(one);
  expect({ ...two, run: null }).toEqual({ ...one, run: null });
  expect(JSON.parse(JSON.stringify(one))).toEqual(one);
});

test('a halted board ends every job, those not begun included', async () => {
  const { jobs } = planOf(topicOf({}), tiny);
  const board = new Board(jobs.length);
  board.halt();
  const results = await inTurn.run(jobs, board);
  expect(new Set(results.map(({ scope }) => scope.limit))).toEqual(
    new Set(['Interrupted before it began.']),
  );
});
