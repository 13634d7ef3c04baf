/** What the report shows, as far as it is no matter of looks. */
import { beforeAll, expect, test } from 'vitest';
import { topicOf } from '../check/fixtures/deployment.ts';
import { check, type Results } from '../check/index.ts';
import { judgedAt } from './claims-table.tsx';
import { checkCommand, quoted, replayCommand } from './commands.ts';
import { isUnexpected, matricesOf, moved, scopesOf, tallyOf, undecidedReasons } from './matrix.ts';
import { settingsOf } from './settings.ts';
import { storiesOf, storyFor } from './stories.ts';

let results: Results;
beforeAll(async () => {
  const { topics, ...rest } = topicOf({ replicas: 1, minInsyncReplicas: 1 });
  const hostile = { ...topics[0]!, name: '</script><img src=x onerror=alert(1)>' };
  const deployment = { ...rest, topics: [...topics, hostile], files: ["it's.yaml", 'b c.yaml'] };
  const accept = ['KF-1', 'KF-2', 'KF-3', 'KF-4'];
  results = await check(deployment, {
    bounds: 'tiny',
    faults: { diskLoss: 1, partition: 1 },
    require: ['no-acked-loss', 'one-leader-per-epoch'],
    accept,
  });
});

test('required and broken guarantees come first, then the other required ones', () => {
  const [matrix, ...more] = matricesOf(results);
  expect(more).toEqual([]);
  const { subjects, faults, rows } = matrix!;
  expect(subjects).toEqual(['orders', '</script><img src=x onerror=alert(1)>']);
  expect(faults).toEqual([{ diskLoss: 1 }, { partition: 1 }, { diskLoss: 1, partition: 1 }]);
  expect(rows.slice(0, 2).map(({ name, required }) => [name, required])).toEqual([
    ['no-acked-loss', true],
    ['one-leader-per-epoch', true],
  ]);
  expect(rows.slice(2).some(({ required }) => required)).toBe(false);
  expect(rows[0]!.cells.map((cell) => cell?.verdict)).toEqual(['broken', 'holds', 'broken']);
  expect(rows[0]!.cells.map((cell) => cell !== null && isUnexpected(cell))).toEqual([
    true,
    false,
    true,
  ]);
  expect(scopesOf(matrix!).map(({ scope }) => scope.faults)).toEqual(faults);
});

test('a guarantee that says nothing under some faults has an empty place there', () => {
  const rows = matricesOf(results)[0]!.rows;
  const writable = rows.find(({ name }) => name === 'writable-with-one-broker-down')!;
  expect(writable.cells.map((cell) => cell?.faults ?? null)).toEqual([
    { diskLoss: 1 },
    null,
    { diskLoss: 1, partition: 1 },
  ]);
});

test('required cells are counted by verdict, and a limit is a reason', () => {
  const { cells } = results;
  expect(tallyOf(results)).toEqual({ holds: 4, broken: 2, undecided: 0 });
  expect(undecidedReasons(results)).toEqual([]);
  const open = cells.map((cell) => ({
    ...cell,
    verdict: 'undecided' as const,
    scope: { ...cell.scope, limit: 'Stopped at 5 states.' },
  }));
  expect(undecidedReasons({ ...results, cells: open })).toEqual([
    'diskLoss=1: Stopped at 5 states.',
    'partition=1: Stopped at 5 states.',
    'diskLoss=1, partition=1: Stopped at 5 states.',
  ]);
});

test('a story is told once for all that it breaks, what had to hold first', () => {
  const stories = storiesOf(results);
  const told = stories.map(({ breaks, isUnexpected: first }) => [
    breaks.map(({ guarantee }) => guarantee).join(),
    first,
  ]);
  expect(told[0]).toEqual(['no-acked-loss', true]);
  expect(stories[0]!.breaks[0]!.faults).toEqual([{ diskLoss: 1 }, { diskLoss: 1, partition: 1 }]);
  expect(told.slice(1).some(([, first]) => first === true)).toBe(false);
  const broken = results.cells.filter(({ counterexample }) => counterexample);
  expect(broken.every((cell) => storyFor(stories, cell)?.cells.includes(cell))).toBe(true);
  expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
});

test('the claim that a story breaks is kept until its last step', () => {
  const { claims, claim, length } = storiesOf(results)[0]!.counterexample;
  const own = claims.find(({ name }) => name === claim)!;
  const kept = Array.from(
    { length: length + 1 },
    (_, step) => judgedAt(own, step).because === null,
  );
  expect(kept).toEqual([...Array<boolean>(length).fill(true), false]);
});

test('a setting says where it stands and what hangs on it', () => {
  const groups = settingsOf(results);
  const producer = groups.find(({ subject }) => subject === 'producer')!;
  expect(producer.rows.map(({ key, isDefault, mattersTo }) => [key, isDefault, mattersTo])).toEqual(
    [
      ['acks', false, 'replication (all)'],
      // Nothing is judged here but replication, and what it has no use for is shown all the same.
      ...[
        'enable.idempotence',
        'max.in.flight.requests.per.connection',
        'retries',
        'delivery.timeout.ms',
        'request.timeout.ms',
        'linger.ms',
      ].map((key) => [key, true, '']),
    ],
  );
});

test('commands are safe to paste, whatever files and guarantees are called', () => {
  expect(['a/b-c.yaml', "it's", 'a b', '$(reboot)', ''].map(quoted)).toEqual([
    'a/b-c.yaml',
    "'it'\\''s'",
    "'a b'",
    "'$(reboot)'",
    "''",
  ]);
  const cell = results.cells.find(({ verdict }) => verdict === 'broken')!;
  expect(checkCommand(cell, results)).toBe(
    "holdfast check 'it'\\''s.yaml' 'b c.yaml' --faults diskLoss=1 --require no-acked-loss " +
      '--bounds tiny --accept KF-1,KF-2,KF-3,KF-4',
  );
  expect(replayCommand('hf1-x;y')).toBe("holdfast replay 'hf1-x;y'");
});

test('arrow keys stay within the matrix', () => {
  const size = { rows: 2, columns: 3 };
  const from = { row: 1, column: 2 };
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Tab'];
  expect(keys.map((key) => moved(from, key, size))).toEqual([
    { row: 0, column: 2 },
    { row: 1, column: 2 },
    { row: 1, column: 1 },
    { row: 1, column: 2 },
    { row: 1, column: 0 },
    { row: 1, column: 2 },
    null,
  ]);
});
