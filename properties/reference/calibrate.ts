/**
 * `npm run calibrate -- --replicas 3 --log-size 2 --records 1 --max-epoch 1`
 *
 * Prints what the engine finds about each protocol of the KIP-320 family at these sizes, to be
 * compared with TLC's figures for the published specification. Elapsed times and progress go to
 * standard error: the same sizes give the same bytes on standard output.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Sizes, variants } from '../../models/reference/kip320/index.ts';
import type { Progress } from '../../src/schedulers/explore.ts';
import { CONVENTIONS, calibrate, heading, render, type VariantFigures } from './calibration.ts';

interface Options extends Sizes {
  variant?: string;
  maxStates: number;
  traces?: true;
  json?: true;
}

const INVALID_INPUT = 2;
const UNDECIDED = 3;

const program = new Command('calibrate')
  .description('The KIP-320 family of replication protocols, in figures to compare with TLC.')
  .option('--replicas <n>', 'replicas of the partition', between(1, 9), 3)
  .option('--log-size <n>', 'records that a log can hold (LogSize)', between(1, 9), 2)
  .option('--records <n>', 'records that are ever written (MaxRecords)', between(1, 9), 1)
  .option('--max-epoch <n>', 'the last leader epoch (MaxLeaderEpoch)', between(0, 9), 1)
  .addOption(
    new Option('--variant <name>', 'only this one').choices(variants.map(({ name }) => name)),
  )
  .option('--max-states <n>', 'give up after so many states', between(1, 1e9), 50_000_000)
  .option('--traces', 'print every counterexample, move by move')
  .option('--json', 'print JSON, traces included')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : INVALID_INPUT))
  .parse();

process.exitCode = run(program.opts<Options>());

function run({ variant, maxStates, traces, json, ...sizes }: Options): number {
  const chosen = variants.filter(({ name }) => variant === undefined || name === variant);
  if (!json) process.stdout.write(`${heading(sizes)}\n`);
  const all = chosen.map((one): VariantFigures => {
    const started = performance.now();
    const figures = calibrate(one, sizes, maxStates, showProgress);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    clearProgress();
    if (!json) process.stdout.write(`${render(figures, traces)}\n`);
    if (!json) process.stderr.write(`${one.name} took ${seconds} s.\n`);
    return figures;
  });
  if (json)
    process.stdout.write(`${JSON.stringify({ schema: 1, sizes, variants: all }, null, 2)}\n`);
  else process.stdout.write(CONVENTIONS);
  return all.every(({ complete }) => complete) ? 0 : UNDECIDED;
}

function showProgress({ states, depth, frontier }: Progress): void {
  if (!process.stderr.isTTY) return;
  const [seen, waiting] = [states, frontier].map((n) => n.toLocaleString('en-US'));
  clearProgress();
  process.stderr.write(`${seen} states, depth ${depth + 1}, ${waiting} waiting`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}

/** A parser of whole numbers within a range. */
function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = `${least} to ${most.toLocaleString('en-US')}`;
    throw new InvalidArgumentError(`Expected a whole number from ${range}.`);
  };
}
