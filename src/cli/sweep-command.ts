/** `holdfast sweep`: a grid of settings in, a safety map out, on one machine or spread over many. */
import { appendFileSync, existsSync, truncateSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { withThreads } from '../check/pool.ts';
import { ConfigError } from '../config/index.ts';
import { rowOf, type SweepRow } from '../sweep/cell.ts';
import { cellSchema, cellsOf, gridOf, inShard, type Shard, type SweepCell } from '../sweep/grid.ts';
import { lineOf, merged, rowsOf, textOf } from '../sweep/rows-file.ts';
import { remembering, sweep } from '../sweep/sweep.ts';
import { wholeNumber } from './arguments.ts';
import { EXIT } from './check-command.ts';
import { OutputError, writeWhole } from './output.ts';
import { textAt } from './results-file.ts';

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

function parseShard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new InvalidArgumentError('Expected a part of the whole, as 2/4.');
}

const threadsOf = ({ threads = availableParallelism() }: Typed): number => threads;

async function swept(file: string, typed: Typed): Promise<number> {
  const all = cellsOf(gridOf(yamlOf(file), file));
  const cells = typed.shard ? inShard(all, typed.shard) : all;
  if (typed.cells) {
    process.stdout.write(cells.map((cell) => `${JSON.stringify(cell)}\n`).join(''));
    return EXIT.holds;
  }
  const { output } = typed;
  if (output === undefined) {
    throw new OutputError('sweep: name the file for the safety map, as -o map.jsonl.');
  }
  if (typed.merge) {
    const parts = typed.merge.map((part) => ({ file: part, text: textAt(part) }));
    writeWhole(output, textOf(merged(parts, cells)));
    return EXIT.holds;
  }
  return intoFile(output, cells, threadsOf(typed));
}

/** Appends rows as they are found, and puts them in order when the last is there. */
async function intoFile(
  output: string,
  cells: readonly SweepCell[],
  threads: number,
): Promise<number> {
  const done = existsSync(output) ? resumed(output, cells) : [];
  const finished = new Set(done.map(({ cell }) => cell));
  const open = cells.filter(({ cell }) => !finished.has(cell));
  let stopped = false;
  process.once('SIGINT', () => {
    stopped = true;
  });
  const show = progress(cells.length, done.length);
  const onRow = (row: SweepRow): void => {
    done.push(row);
    append(output, lineOf(row));
    show(done.length);
  };
  await withThreads(threads, (run) => sweep(open, threads, run, onRow, () => stopped));
  show(null);
  if (done.length < cells.length) {
    process.stderr.write(
      `holdfast: stopped after ${done.length} of ${cells.length} cells; run it again to go on.\n`,
    );
    return EXIT.undecided;
  }
  writeWhole(output, textOf(done));
  return EXIT.holds;
}

/** The rows that a file has already; half a line at its end is cut off. */
function resumed(output: string, cells: readonly SweepCell[]): SweepRow[] {
  const text = textAt(output);
  const rows = rowsOf(text, output, cells);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(output, Buffer.byteLength(whole));
  return rows;
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

function yamlOf(file: string): unknown {
  try {
    return parse(textAt(file));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError({ file }, `this is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

function append(output: string, line: string): void {
  try {
    appendFileSync(output, line);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new OutputError(
      `${output}: cannot be written (${code}); name a file in a folder you own.`,
    );
  }
}

/** A line on a terminal; null clears it. */
function progress(all: number, before: number): (done: number | null) => void {
  const begun = performance.now();
  return (done) => {
    if (!process.stderr.isTTY) return;
    const seconds = (performance.now() - begun) / 1000;
    const left = done === null ? 0 : ((all - done) * seconds) / Math.max(1, done - before);
    const text = done === null ? '' : `${done} of ${all} cells; about ${Math.ceil(left)} s left`;
    process.stderr.write(`\r\u001b[K${text}`);
  };
}
