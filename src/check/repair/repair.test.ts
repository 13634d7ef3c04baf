/** Repairs are searched: the smallest change that makes a guarantee hold, checked again. */
import { expect, test } from 'vitest';
import { diskFiles, readDeployment } from '../../config/disk.ts';
import { type Edit, editedFiles, editsFor, readDeploymentFrom } from '../../config/index.ts';
import type { Change, Effort } from '../aspects/change.ts';
import { check } from '../check.ts';
import { topicOf } from '../fixtures/deployment.ts';
import type { CheckOptions } from '../plan.ts';
import type { Repair, Results } from '../results.ts';
import { candidatesOf } from './candidates.ts';

const change = (name: string, to: string, effort: Effort): Change<unknown> => ({
  name,
  settings: [],
  to,
  effort,
  price: '',
  apply: (base) => base,
});

test('fewer changes come first, then cheaper ones, and never two values of one setting', () => {
  const changes = [
    change('copies', '2', 'reassignment'),
    change('copies', '3', 'reassignment'),
    change('acks', 'all', 'client'),
    change('minimum', '2', 'dynamic'),
  ];
  const named = candidatesOf(changes).map((set) => set.map(({ name, to }) => name + to).join('+'));
  expect(named).toEqual([
    'acksall',
    'minimum2',
    'copies2',
    'copies3',
    'acksall+minimum2',
    'copies2+acksall',
    'copies3+acksall',
    'copies2+minimum2',
    'copies3+minimum2',
    'copies2+acksall+minimum2',
    'copies3+acksall+minimum2',
  ]);
});

const tiny = { bounds: 'tiny', accept: ['KF-1', 'KF-2', 'KF-3', 'KF-4'], repair: true } as const;

/** The repairs of a topic, a line a guarantee. */
async function repairsOf(
  config: Parameters<typeof topicOf>[0],
  options: CheckOptions,
): Promise<string[]> {
  return linesOf(await check(topicOf(config), { ...tiny, ...options }));
}

function linesOf({ cells }: Results): string[] {
  const found = cells.flatMap(({ guarantee, repair }) =>
    repair ? [`${guarantee}: ${textOf(repair)}`] : [],
  );
  return [...new Set(found)];
}

function textOf({ changes, givesUp, says }: Repair): string {
  if (changes.length === 0) return says;
  const lost = givesUp.map(({ guarantee }) => guarantee);
  return (
    changes.map(({ key, from, to }) => `${key} ${from} -> ${to}`).join(', ') +
    (lost.length > 0 ? `; gives up ${[...new Set(lost)].join(', ')}` : '')
  );
}

test('acks=1 is repaired in the client alone', async () => {
  expect(await repairsOf({ acks: '1' }, { faults: { brokerCrash: 1 } })).toEqual([
    'no-acked-loss: acks 1 -> all',
  ]);
});

test('acks=1 and a minimum of one need both changes to survive a lost disk', async () => {
  const config = { acks: '1', minInsyncReplicas: 1 };
  const options = { faults: { diskLoss: 1 }, require: ['no-acked-loss'] };
  expect(await repairsOf(config, options)).toEqual([
    'no-acked-loss: acks 1 -> all, min.insync.replicas 1 -> 2',
  ]);
});

test('a single replica survives a power loss by flushing: cheaper than two more copies', async () => {
  const config = { replicas: 1, minInsyncReplicas: 1 };
  const options = { faults: { powerLoss: 1 }, require: ['no-acked-loss'] };
  expect(await repairsOf(config, options)).toEqual([
    'no-acked-loss: log.flush.interval.messages 9223372036854775807 -> 1',
  ]);
});

test('what a repair takes away that nobody required is said, and what is required is kept', async () => {
  const config = { replicas: 2, minInsyncReplicas: 1 };
  const options = { faults: { diskLoss: 1 }, require: ['no-acked-loss'] };
  const [given] = await repairsOf(config, options);
  expect(given).toBe('no-acked-loss: min.insync.replicas 1 -> 2');
  const both = { ...options, require: ['no-acked-loss', 'acks-mean-min-insync'] };
  expect(await repairsOf(config, both)).toEqual(['no-acked-loss: min.insync.replicas 1 -> 2']);
});

test('where no setting helps, that is the answer', async () => {
  const options = { faults: { diskLoss: 3 }, require: ['no-acked-loss'], maxStates: 300_000 };
  const [line] = await repairsOf({ replicas: 3 }, options);
  expect(line).toMatch(
    /^no-acked-loss: No change of these settings repairs it, nor up to 3 at once/,
  );
});

test('what only findings break has no repair, for no setting mends the protocol', async () => {
  const options = { ...tiny, bounds: 'small', accept: [], faults: { brokerCrash: 1 } } as const;
  const { cells } = await check(topicOf({}), options);
  expect(cells.filter(({ repair }) => repair !== null)).toEqual([]);
  expect(cells.filter(({ verdict }) => verdict === 'broken').length).toBe(4);
});

test('topics with equal settings from different lines are repaired line by line', async () => {
  const results = await check(readDeployment(['examples/laptop']), {
    ...tiny,
    faults: { diskLoss: 1 },
  });
  expect(linesOf(results)[0]).toBe(
    'no-acked-loss: default.replication.factor 1 -> 2, offsets.topic.replication.factor 1 -> 2, ' +
      'transaction.state.log.replication.factor 1 -> 2, min.insync.replicas 1 -> 2, ' +
      'transaction.state.log.min.isr 1 -> 2',
  );
});

/** The verdicts before and after the repair's lines are written into the files. */
async function appliedTo(folder: string, options: CheckOptions): Promise<unknown[]> {
  const paths = [folder];
  const deployment = readDeployment(paths);
  const edit = (wanted: Repair['changes']) => editsFor(diskFiles, paths, deployment, wanted);
  const before = await check(deployment, { ...tiny, ...options }, { edit });
  const edits = [...new Set(before.cells.map(({ repair }) => JSON.stringify(repair?.edits ?? [])))]
    .flatMap((text) => JSON.parse(text) as Edit[])
    .filter((edit, i, all) => all.findIndex((e) => e.line === edit.line) === i);
  const after = readDeploymentFrom(editedFiles(diskFiles, edits), paths);
  const { verdict } = await check(after, { ...tiny, ...options, repair: false });
  return [before.verdict, edits.map(({ line, after: text }) => `${line}: ${text.trim()}`), verdict];
}

test('each repair, written into the files, makes what was broken hold', async () => {
  const lost = { faults: { diskLoss: 1 } };
  expect(await appliedTo('examples/strimzi-ephemeral', lost)).toEqual([
    'broken',
    ['33: min.insync.replicas: 2', '36: transaction.state.log.min.isr: 2'],
    'holds',
  ]);
  expect(await appliedTo('examples/acks-one', { faults: { brokerCrash: 1 } })).toEqual([
    'broken',
    ['5: acks=all'],
    'holds',
  ]);
});
