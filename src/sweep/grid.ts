/** Grids of settings: what a sweep goes through, cell by cell, always in the same order. */
import { z } from 'zod';
import { BOUNDS_NAMES, FAULT_NAMES, FINDING_IDS } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';
import type { Budget } from '../model/index.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const budget = z.partialRecord(
  z.enum(FAULT_NAMES),
  z.int().min(1).max(9),
) as unknown as z.ZodType<Budget>;

/** The content of a grid file. */
export const gridSchema = z.strictObject({
  kafka: z
    .string()
    .optional()
    .describe('The version of the brokers, as "4.1". Default: the newest.'),
  settings: z
    .record(z.string(), z.array(value).min(1))
    .describe('Setting -> its values; every combination is a cell. The first varies slowest.'),
  faults: z.array(budget).min(1).default([{}]).describe('Fault budgets, each with every cell.'),
  bounds: z.enum(BOUNDS_NAMES).default('tiny'),
  maxStates: z.int().min(1).default(2_000_000).describe('States of one exploration.'),
  accept: z
    .union([z.literal('all'), z.literal('none'), z.array(z.enum(FINDING_IDS))])
    .default('all')
    .describe('Findings taken as repaired: with none of them a map shows the findings only.'),
});

export type Grid = z.infer<typeof gridSchema>;

/** One point of a grid. */
export const cellSchema = z.strictObject({
  cell: z.int().min(0).describe('Its place in the grid, from zero.'),
  kafka: z.string().optional(),
  settings: z.record(z.string(), value),
  faults: budget,
  bounds: z.enum(BOUNDS_NAMES),
  maxStates: z.int().min(1),
  accept: z.array(z.string()),
});

export type SweepCell = z.infer<typeof cellSchema>;

/** Reads what a grid file says. @throws ConfigError naming the first thing that is wrong. */
export function gridOf(content: unknown, file: string): Grid {
  const read = gridSchema.safeParse(content ?? {});
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new ConfigError({ file }, `${path.join('.') || 'the grid'}: ${message}`);
}

/** All cells in order. */
export function cellsOf(grid: Grid): SweepCell[] {
  const { kafka, bounds, maxStates } = grid;
  const accept = acceptOf(grid);
  const points = Object.entries(grid.settings).reduce<Record<string, z.infer<typeof value>>[]>(
    (known, [key, values]) => known.flatMap((point) => values.map((v) => ({ ...point, [key]: v }))),
    [{}],
  );
  return points
    .flatMap((settings) => grid.faults.map((faults) => ({ settings, faults })))
    .map((point, cell) => ({
      cell,
      ...(kafka === undefined ? {} : { kafka }),
      ...point,
      bounds,
      maxStates,
      accept,
    }));
}

function acceptOf({ accept }: Grid): string[] {
  if (accept === 'none') return [];
  return FINDING_IDS.filter((id) => accept === 'all' || accept.includes(id));
}

/** Every n-th cell, beginning with the i-th: `1/4` to `4/4` make the whole. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const inShard = (cells: readonly SweepCell[], { index, of }: Shard): SweepCell[] =>
  cells.filter(({ cell }) => cell % of === index - 1);
