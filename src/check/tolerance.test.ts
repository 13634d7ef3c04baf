/** The frontier between what a guarantee survives and what breaks it. */
import { expect, test } from 'vitest';
import { topicOf } from './fixtures/deployment.ts';
import { faultsText } from './rows.ts';
import { type ToleranceOptions, tolerance, toleranceSchema } from './tolerance.ts';

const accept = ['KF-1', 'KF-2', 'KF-3', 'KF-4'];

async function frontier(
  config: Parameters<typeof topicOf>[0],
  options: ToleranceOptions,
): Promise<object> {
  const found = await tolerance(topicOf(config), {
    bounds: 'tiny',
    accept,
    require: ['no-acked-loss'],
    ...options,
  });
  expect(toleranceSchema.parse(found)).toEqual(found);
  const [{ survives, breaks, undecided }] = found.frontiers as [(typeof found.frontiers)[0]];
  return {
    survives: survives.map(faultsText),
    breaks: breaks.map((each) => `${faultsText(each.faults)} in ${each.counterexample.length}`),
    undecided: undecided.map(faultsText),
  };
}

test('two copies survive crashes or one lost disk, but not a lost disk and more', async () => {
  const options = { most: 2, classes: ['brokerCrash', 'diskLoss'] };
  expect(await frontier({ replicas: 2, minInsyncReplicas: 2 }, options)).toEqual({
    survives: ['diskLoss=1', 'brokerCrash=2'],
    breaks: ['brokerCrash=1, diskLoss=1 in 8', 'diskLoss=2 in 5'],
    undecided: [],
  });
});

test('what breaks by one fault is not explored with more of them', async () => {
  const options = { most: 2, classes: ['brokerCrash', 'partition', 'lostMessage'] };
  expect(await frontier({ replicas: 2, minInsyncReplicas: 1, acks: '1' }, options)).toEqual({
    survives: ['lostMessage=2'],
    breaks: ['brokerCrash=1 in 2', 'partition=1 in 2'],
    undecided: [],
  });
});

test('a limit leaves the smallest budgets open', async () => {
  const options = { most: 1, classes: ['brokerCrash', 'diskLoss'], maxStates: 50 };
  expect(await frontier({ replicas: 2, minInsyncReplicas: 2 }, options)).toEqual({
    survives: [],
    breaks: [],
    undecided: ['no faults'],
  });
});
