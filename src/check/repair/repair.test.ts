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
import type { Editor } from './search.ts';

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

/** What is sought for a topic with two broken guarantees, if the search is stopped at its n-th step. */
async function stoppedAt(step: number): Promise<{ steps: string[]; results: Results }> {
  const steps: string[] = [];
  const topic = topicOf({ acks: '1', minInsyncReplicas: 1 });
  const require = ['no-acked-loss', 'readers-never-see-loss'];
  const options: CheckOptions = { ...tiny, faults: { diskLoss: 1 }, require };
  const results = await check(topic, options, {
    onStart: (_, board, what) => {
      if (!what.startsWith('Repair')) return;
      if (steps.push(what) === step) board.halt();
    },
  });
  return { steps, results };
}

test('a search that is stopped stays stopped, offers nothing, and keeps the verdicts', async () => {
  const { steps: all, results: whole } = await stoppedAt(Number.POSITIVE_INFINITY);
  const mended = linesOf(whole);
  expect(mended).toEqual([
    'no-acked-loss: acks 1 -> all, min.insync.replicas 1 -> 2',
    'readers-never-see-loss: min.insync.replicas 1 -> 2',
  ]);
  for (const step of [1, 2, all.length - 1, all.length]) {
    const { steps, results } = await stoppedAt(step);
    expect(steps).toEqual(all.slice(0, step));
    expect(results.verdict).toBe('broken');
    const repairs = results.cells.flatMap(({ repair }) => (repair ? [textOf(repair)] : []));
    const interrupted = 'The search for a repair was interrupted.';
    // Only what was found before stands.
    const first = mended[0]!.replace('no-acked-loss: ', '');
    expect([step, repairs]).toEqual([
      step,
      steps.some((what) => what.includes('readers-never-see-loss'))
        ? [first, interrupted]
        : [interrupted],
    ]);
  }
});

/** The verdicts before and after the repair's lines are written into the files. */
async function appliedTo(folder: string, options: CheckOptions): Promise<unknown[]> {
  const paths = [folder];
  const deployment = readDeployment(paths);
  const edit: Editor = (wanted, subjects) =>
    editsFor(diskFiles, paths, deployment, wanted, subjects);
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

test('where not every fault can be mended, those that can are, and what is open is said', async () => {
  const old = { version: '3.5', replicas: 1, minInsyncReplicas: 1 };
  const options = { ...tiny, require: ['no-acked-loss'], maxStates: 30_000 };
  const results = await check(topicOf(old), options);
  const said = results.cells.flatMap(({ faults, repair }) =>
    repair ? [`${Object.keys(faults)}: ${textOf({ ...repair, says: '' })} ${repair.says}`] : [],
  );
  expect(said).toEqual([
    'powerLoss: log.flush.interval.messages 9223372036854775807 -> 1 ' +
      'Checked again under powerLoss=1; nothing is known that mends it under every fault.',
    'diskLoss:  Of these settings no change is known that repairs it, nor up to 3 at once: ' +
      'replication factor, minimum of in-sync replicas, flush of every record. ' +
      'Of 17 sets of changes 10 were not decided. The first of them: Not explored: before ' +
      'Kafka 3.7 min.insync.replicas=2 with 1 replica refuses every write with acks=all.',
  ]);
});
