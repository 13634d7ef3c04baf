/** `holdfast sweep`: a grid of settings in, a safety map out, on one machine or spread over many. */
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { withThreads } from '../check/pool.ts';
import { ConfigError } from '../config/index.ts';
import { rowOf, rowsFor, type SweepRow } from '../sweep/cell.ts';
import { cellSchema, cellsOf, gridOf, inShard, type Shard, type SweepCell } from '../sweep/grid.ts';
import { lineOf } from '../sweep/rows-file.ts';
import { remembering, sweep } from '../sweep/sweep.ts';
import { wholeNumber } from './arguments.ts';
import { EXIT } from './check-command.ts';
import { OutputError } from './output.ts';
import { intoFile, mergeInto, parseShard, yamlAt } from './rows-output.ts';

interface Typed {
  readonly output?: string;
  readonly shard?: Shard;
  readonly cells?: boolean;
  readonly merge?: readonly string[];
  readonly threads?: number;
}

const EXAMPLES = `
A grid is a YAML file:
  settings:
    acks: [1, all]
    min.insync.replicas: [1, 2]
    replication.factor: [3]
  faults: [{ brokerCrash: 1 }, { diskLoss: 1 }]

Examples:
  $ holdfast sweep grid.yaml -o map.jsonl              all cores; run it again to resume
  $ holdfast sweep grid.yaml --shard 2/4 -o part2.jsonl
  $ holdfast sweep grid.yaml --merge part*.jsonl -o map.jsonl
  $ holdfast sweep grid.yaml --cells | parallel --pipe -N 20 holdfast sweep - > rows.jsonl
`;

export function sweepCommand(): Command {
  return new Command('sweep')
    .description('Judge every combination of settings in a grid: the safety map.')
    .argument('<grid>', 'a YAML file; - reads cells, one JSON object a line, and writes their rows')
    .option('-o, --output <file>', 'the safety map, JSON Lines; finished cells in it are kept')
    .option('--shard <i/n>', 'only every n-th cell, beginning with the i-th', parseShard)
    .option('--cells', 'print the cells instead of judging them, for an engine that pipes lines')
    .option('--merge <file...>', 'join parts; a cell that is there twice or missing is refused')
    .option('--threads <n>', 'threads (default: one a core)', wholeNumber(0))
    .addHelpText('after', EXAMPLES)
    .action(async (grid: string, typed: Typed) => {
      process.exitCode = grid === '-' ? await piped(typed) : await swept(grid, typed);
    });
}

const threadsOf = ({ threads = availableParallelism() }: Typed): number => threads;

async function swept(file: string, typed: Typed): Promise<number> {
  const all = cellsOf(gridOf(yamlAt(file), file));
  const cells = typed.shard ? inShard(all, typed.shard) : all;
  if (typed.cells) {
    process.stdout.write(cells.map((cell) => `${JSON.stringify(cell)}\n`).join(''));
    return EXIT.holds;
  }
  const { output } = typed;
  if (output === undefined) {
    throw new OutputError('sweep: name the file for the safety map, as -o map.jsonl.');
  }
  const kind = rowsFor(cells);
  if (typed.merge) {
    mergeInto(
      output,
      typed.merge,
      kind,
      cells.map(({ cell }) => cell),
    );
    return EXIT.holds;
  }
  const rows = await intoFile(output, kind, cells.length, async (done, onRows, isStopped) => {
    const finished = new Set(done.map(({ cell }) => cell));
    const open = cells.filter(({ cell }) => !finished.has(cell));
    const onRow = (row: SweepRow): void => onRows([row]);
    await withThreads(threadsOf(typed), (run) =>
      sweep(open, threadsOf(typed), run, onRow, isStopped),
    );
  });
  return rows ? EXIT.holds : EXIT.undecided;
}

/** Cells on standard input, rows on standard output, in the same order: a stage of a pipe. */
async function piped(typed: Typed): Promise<number> {
  const lines = createInterface({ input: process.stdin });
  let number = 0;
  await withThreads(Math.min(1, threadsOf(typed)), async (run) => {
    const once = remembering(run);
    for await (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      process.stdout.write(lineOf(await rowOf(cellAt(line, number), once)));
    }
  });
  return EXIT.holds;
}

function cellAt(line: string, number: number): SweepCell {
  const place = { file: '(standard input)', line: number };
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new ConfigError(
      place,
      'this is not JSON; give cells as holdfast sweep --cells prints them',
    );
  }
  const read = cellSchema.safeParse(json);
  if (read.success) return json as SweepCell;
  const { path, message } = read.error.issues[0]!;
  throw new ConfigError(place, `this is no cell: ${path.join('.')}: ${message}`);
}
