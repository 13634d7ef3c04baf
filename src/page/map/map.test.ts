/** The safety map as it is looked at: axes, filters, counts. */
import { expect, test } from 'vitest';
import type { SweepRow } from '../../sweep/cell.ts';
import { mapOf } from '../../sweep/map-file.ts';
import { cellCommand } from '../commands.ts';
import {
  constantsOf,
  dimensionsOf,
  facetsOf,
  filtered,
  firstView,
  guaranteesOf,
  heatOf,
  lengthText,
  tallyOf,
  toggled,
  type View,
} from './map.ts';
import { saidText, tallyText } from './tally.tsx';

/** Two copies, one or two of them in sync; a lost disk hurts what one copy alone has. */
const grid: SweepRow[] = ['0', 'all'].flatMap((acks, i) =>
  [1, 2, 3].flatMap((minimum, j) =>
    [{}, { diskLoss: 1 }].map((faults, k): SweepRow => {
      const isLost = k === 1 && !(acks === 'all' && minimum === 2);
      const cell = { cell: i * 6 + j * 2 + k, bounds: 'tiny', maxStates: 1000, accept: ['KF-1'] };
      const settings = { acks, 'min.insync.replicas': minimum, 'replication.factor': 2 };
      const row = { ...cell, settings, faults } as Omit<SweepRow, 'verdicts'>;
      if (minimum === 3) return { ...row, refused: 'more than there are', verdicts: {} };
      return {
        ...row,
        verdicts: {
          recovers: { verdict: 'holds' },
          'no-acked-loss': isLost
            ? { verdict: 'broken', length: acks === '0' ? 2 : 4 }
            : { verdict: 'holds' },
        },
      };
    }),
  ),
);
const dimensions = dimensionsOf(grid);
const view: View = {
  guarantee: 'no-acked-loss',
  down: 'acks',
  across: 'faults',
  without: {},
};
const shown = (looked: View): string[][] =>
  heatOf(grid, dimensions, looked).tallies.map((row) =>
    row.map((tally) => `${tallyText(tally)} ${lengthText(tally.lengths)}`.trim()),
  );

test('what was varied is a dimension, what was not is told once', () => {
  expect(dimensions).toEqual([
    { name: 'acks', values: ['0', 'all'] },
    { name: 'min.insync.replicas', values: ['1', '2', '3'] },
    { name: 'faults', values: ['no faults', 'diskLoss=1'] },
  ]);
  expect(constantsOf(grid, dimensions)).toEqual(['replication.factor=2']);
  expect(guaranteesOf(grid)).toEqual(['recovers', 'no-acked-loss']);
});

test('a place where combinations differ tells how many say what', () => {
  expect(shown(view)).toEqual([
    ['⊘ 1 ✓ 2', '✗ 2 ⊘ 1 in 2'],
    ['⊘ 1 ✓ 2', '✗ 1 ⊘ 1 ✓ 1 in 4'],
  ]);
  const tally = tallyOf(grid, 'no-acked-loss');
  expect(saidText(tally)).toBe('3 broken in 2 to 4 moves, 4 refused, 5 hold');
  expect(saidText(tallyOf([], 'no-acked-loss'))).toBe('no combination');
});

test('a value that is left out takes its rows, and its place, away', () => {
  const without = toggled(view, 'min.insync.replicas', '3');
  expect(shown(without)).toEqual([
    ['✓ all 2', '✗ all 2 in 2'],
    ['✓ all 2', '✗ 1 ✓ 1 in 4'],
  ]);
  const narrow = toggled(toggled(without, 'acks', '0'), 'min.insync.replicas', '1');
  expect(shown(narrow)).toEqual([['✓ all 1', '✓ all 1']]);
  expect(filtered(grid, narrow).map(({ cell }) => cell)).toEqual([8, 9]);
  expect(toggled(toggled(view, 'acks', '0'), 'acks', '0').without).toEqual({ acks: [] });
});

test('a filter counts what its values would come to, whatever it leaves out itself', () => {
  const acks = dimensions[0]!;
  const looked = toggled(toggled(view, 'acks', '0'), 'faults', 'no faults');
  expect(facetsOf(grid, looked, acks).map((f) => [f.value, f.isIn, tallyText(f.tally)])).toEqual([
    ['0', false, '✗ 2 ⊘ 1'],
    ['all', true, '✗ 1 ⊘ 1 ✓ 1'],
  ]);
});

test('one begins with what is broken somewhere, by the axes that decide most of it', () => {
  expect(firstView(grid, dimensions)).toEqual({
    guarantee: 'no-acked-loss',
    down: 'min.insync.replicas',
    across: 'faults',
    without: {},
  });
  const single = grid.slice(0, 1);
  expect(firstView(single, dimensionsOf(single))).toEqual({
    guarantee: 'recovers',
    down: null,
    across: null,
    without: {},
  });
  expect(heatOf(single, [], { ...view, down: null, across: null }).tallies.flat()).toHaveLength(1);
});

test('a cell is checked again as the sweep did', () => {
  expect(cellCommand(grid[1]!, ['holdfast.yaml', 'producer.properties'])).toBe(
    'holdfast check holdfast.yaml producer.properties --faults diskLoss=1 --bounds tiny ' +
      '--max-states 1000 --accept KF-1',
  );
});

const text = grid.map((row) => JSON.stringify(row));

test('a map is read in the order of its cells, also one that is not finished', () => {
  const some = [text[3], text[0], ''].join('\n');
  expect(mapOf(some, 'map.jsonl').map(({ cell }) => cell)).toEqual([0, 3]);
});

test.each([
  ['an empty file', [''], 'map.jsonl: it has no row; write it with holdfast sweep -o'],
  [
    'half a line',
    [text[0]!, text[1]!.slice(0, 40)],
    'map.jsonl:2: this is not JSON; write the map with holdfast sweep -o',
  ],
  [
    'another file',
    ['{"schema":1}'],
    'map.jsonl:1: this is no row of a safety map (cell: Invalid input: expected number, ' +
      'received undefined); write it with holdfast sweep -o',
  ],
  [
    'a cell twice',
    [text[0]!, text[1]!, text[0]!],
    'map.jsonl:3: cell 0 is also in line 1; remove one of them',
  ],
  [
    'rows of two grids',
    [text[0]!, text[1]!.replace('"tiny"', '"small"')],
    'map.jsonl:2: this row is of another grid than line 1; give one map',
  ],
])('%s is refused by its line', (_, lines, sentence) => {
  expect(() => mapOf(lines.join('\n'), 'map.jsonl')).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: sentence }),
  );
});
