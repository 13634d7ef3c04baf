/** What `holdfast experiment` does. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { ConfigError, didYouMean } from '../config/index.ts';
import { BUILTINS } from '../experiment/builtin/index.ts';
import {
  type Experiment,
  experimentOf,
  someCells,
  type Unit,
  unitsOf,
} from '../experiment/experiment.ts';
import { withWorkers } from '../experiment/pool.ts';
import { openUnits, type RunRow, rowsFor, runAll } from '../experiment/runs.ts';
import { arrivalsOf } from '../experiment/workload/index.ts';
import { counted, wrapped } from '../report/text.ts';
import { rowsOf } from '../sweep/rows-file.ts';
import { EXIT } from './check-command.ts';
import type { ExperimentTyped } from './experiment-command.ts';
import { refuseFiles, type Told, tell } from './experiment-told.ts';
import { OutputError } from './output.ts';
import { textAt } from './results-file.ts';
import { intoFile, mergeInto, yamlAt } from './rows-output.ts';

/** An experiment as it was asked for. */
interface Asked extends Omit<Told, 'rows'> {
  readonly experiment: Experiment;
  /** The cells asked for, under all scenarios. */
  readonly units: readonly Unit[];
  readonly readText: (file: string) => string;
}

export async function experiment(
  name: string | undefined,
  typed: ExperimentTyped,
): Promise<number> {
  if (typed.list) {
    process.stdout.write(listText());
    return EXIT.holds;
  }
  if (name === undefined) {
    throw new OutputError('experiment: name one of --list, or a YAML file that describes yours.');
  }
  refuseFiles(typed);
  if (typed.from !== undefined) {
    const asked = askedFor(name, { ...typed, seeds: seedsIn(typed.from) });
    const rows = rowsOf(textAt(typed.from), typed.from, kindOf(asked));
    const missing = asked.units.length * asked.experiment.seeds - rows.length;
    await tell({ ...asked, rows: inOrder(rows) }, typed);
    if (missing > 0)
      process.stderr.write(`holdfast: ${counted(missing, 'run')} missing in ${typed.from}.\n`);
    return EXIT.holds;
  }
  if (typed.shard) refusePart(typed);
  const asked = askedFor(name, typed);
  const rows = typed.merge ? joined(asked, typed) : await simulated(asked, typed);
  if (rows === null) return EXIT.undecided;
  if (!typed.shard) await tell({ ...asked, rows }, typed);
  return EXIT.holds;
}

/** A part is for joining, and tells nothing by itself. */
function refusePart({ output, csv, svg, report, markdown }: ExperimentTyped): void {
  if (output === undefined) {
    throw new OutputError(
      'experiment: name the file for the runs of this part, as -o part1.jsonl.',
    );
  }
  if ([csv, svg, report, markdown].some((each) => each !== undefined)) {
    throw new OutputError(
      'experiment: figures and tables are of all parts; ask for them with --merge, or with --from.',
    );
  }
}

const inOrder = (rows: readonly RunRow[]): RunRow[] => [...rows].sort((a, b) => a.run - b.run);

const kindOf = ({ units, experiment: { seeds } }: Asked) => rowsFor(units, seeds);

/** @throws ConfigError for what is no experiment. */
function askedFor(name: string, { seeds, cells, shard }: ExperimentTyped): Asked {
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (!builtin && !/\.(ya?ml|json)$/.test(name) && !existsSync(name)) {
    throw new ConfigError(
      { file: name },
      `no experiment has this name, and no file; ${didYouMean(name, Object.keys(BUILTINS))}`,
    );
  }
  const content = experimentOf(builtin ? builtin.experiment : yamlAt(name), name);
  const read = { ...content, ...(seeds !== undefined && { seeds }) };
  const readText = recordings(builtin ? '.' : dirname(name));
  const all = unitsOf(read, name, readText);
  refuseRecordings(all, readText);
  const some = cells === undefined ? all : someCells(all, cells);
  const options = `${cells === undefined ? '' : ` --cells ${cells}`}${seeds === undefined ? '' : ` --seeds ${seeds}`}`;
  return {
    title: read.title ?? name,
    command: `holdfast experiment ${name}${options}`,
    notes: builtin?.notes ?? [],
    losses: builtin?.losses,
    experiment: read,
    units: shard ? some.filter(({ cell }) => cell % shard.of === shard.index - 1) : some,
    readText,
  };
}

/** Files that workloads name, beside the experiment's own; each is read once. */
function recordings(folder: string): (file: string) => string {
  const known = new Map<string, string>();
  return (file) => {
    const text = known.get(file) ?? recordingAt(resolve(folder, file), file);
    known.set(file, text);
    return text;
  };
}

function recordingAt(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ConfigError({ file }, `the recording cannot be read (${code}); check the path`);
  }
}

/** A recording that cannot be used is refused before anything runs. */
function refuseRecordings(units: readonly Unit[], readText: (file: string) => string): void {
  const seen = new Set<string>();
  for (const { setting } of units) {
    const { workload } = setting;
    if (workload.kind !== 'recorded' || seen.has(workload.file)) continue;
    seen.add(workload.file);
    arrivalsOf(workload, 1, readText);
  }
}

function joined(asked: Asked, { merge, output }: ExperimentTyped): RunRow[] {
  if (output === undefined) {
    throw new OutputError('experiment: name the file for the joined runs, as -o rows.jsonl.');
  }
  const { seeds } = asked.experiment;
  const wanted = asked.units.flatMap(({ firstRun }) =>
    Array.from({ length: seeds }, (_, at) => firstRun + at),
  );
  return inOrder(mergeInto(output, merge!, kindOf(asked), wanted));
}

const simulated = (asked: Asked, typed: ExperimentTyped): Promise<RunRow[] | null> => {
  const { units, readText } = asked;
  const { seeds } = asked.experiment;
  const { output, threads = availableParallelism() } = typed;
  return intoFile(output, kindOf(asked), units.length * seeds, async (done, onRows, isStopped) => {
    const open = openUnits(units, seeds, done);
    if (open.length === 0) return;
    await withWorkers(Math.min(threads, open.length), (workers) =>
      runAll(open, workers, readText, onRows, isStopped),
    );
  });
};

/** How many seeds the runs of a file have: the highest. */
function seedsIn(file: string): number {
  const lines = textAt(file).split('\n');
  lines.pop();
  const seeds = lines.map((line) => Number(/"seed":(\d+)/.exec(line)?.[1] ?? 0));
  const most = seeds.reduce((a, b) => Math.max(a, b), 0);
  if (most > 0) return most;
  throw new ConfigError({ file }, 'it has no run; write it with holdfast experiment -o');
}

function listText(): string {
  const told = Object.entries(BUILTINS).flatMap(([name, { about, experiment: input }]) => {
    const read = experimentOf(input, name);
    const units = unitsOf(read, name);
    const faults = Object.keys(read.scenarios);
    const cells = units.length / faults.length;
    return [
      ...wrapped(about, `${name.padEnd(16)}`),
      ...wrapped(
        `${counted(cells, 'cell')}, ${counted(faults.length, 'fault')}, ${counted(read.seeds, 'seed')}: ` +
          `${counted(units.length * read.seeds, 'run')}.`,
        ' '.repeat(16),
      ),
    ];
  });
  return `${told.join('\n')}\n`;
}
