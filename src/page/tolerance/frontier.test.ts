/** A frontier as a table. */
import { expect, test } from 'vitest';
import { topicOf } from '../../check/fixtures/deployment.ts';
import { type Tolerance, tolerance } from '../../check/index.ts';
import { aloneOf, bareOf, kindsOf, type Mark, togetherOf } from './frontier.ts';

const text = ({ word, faults, length }: Mark): string =>
  `${word} ${faults}${length === undefined ? '' : ` in ${length}`}`;

/** The one line that the table has. */
function lineOf({ frontiers }: Tolerance): unknown {
  const [frontier] = frontiers;
  const bare = bareOf(frontier!);
  return {
    bare: bare && text(bare),
    ...Object.fromEntries(
      kindsOf(frontiers).map((kind) => [kind, aloneOf(frontier!, kind).map(text)]),
    ),
    together: togetherOf(frontier!).map(text),
  };
}

const options = {
  bounds: 'tiny',
  accept: ['KF-1', 'KF-2', 'KF-3', 'KF-4'],
  require: ['no-acked-loss'],
  classes: ['brokerCrash', 'diskLoss'],
} as const;

test('each kind of fault alone, and then what breaks it together', async () => {
  const found = await tolerance(topicOf({ replicas: 2, minInsyncReplicas: 2 }), options);
  expect(lineOf(found)).toEqual({
    bare: 'survives no faults',
    diskLoss: ['survives 1', 'breaks 2 in 5'],
    brokerCrash: ['survives 2'],
    together: ['breaks brokerCrash=1, diskLoss=1 in 8'],
  });
});

test('what was not explored to its end is undecided', async () => {
  const found = await tolerance(topicOf({ replicas: 2, minInsyncReplicas: 2 }), {
    ...options,
    most: 1,
    maxStates: 300,
  });
  expect(lineOf(found)).toEqual({
    bare: 'survives no faults',
    brokerCrash: ['undecided 1'],
    diskLoss: ['undecided 1'],
    together: [],
  });
});
