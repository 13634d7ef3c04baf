/** Rows into a file as they are found: resumed, stopped by Ctrl-C, put in order when all are there. */
import { appendFileSync, existsSync, truncateSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { ConfigError } from '../config/index.ts';
import { grouped } from '../report/text.ts';
import type { Shard } from '../sweep/grid.ts';
import { lineOf, merged, type RowKind, rowsOf, textOf } from '../sweep/rows-file.ts';
import { OutputError, refuseUnwritable, writeWhole } from './output.ts';
import { textAt } from './results-file.ts';

export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new InvalidArgumentError('Expected a part of the whole, as 2/4.');
}

/** What a file holds. @throws ConfigError if it cannot be read, or is no YAML. */
export function yamlAt(file: string): unknown {
  try {
    return parse(textAt(file));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const [says = ''] = (error as Error).message.split('\n');
    throw new ConfigError({ file }, `this is not YAML: ${says.replace(/:$/, '')}`);
  }
}

/** Reads `files` as parts of one whole, and writes that. @returns its rows. */
export function mergeInto<Row extends object>(
  output: string,
  files: readonly string[],
  kind: RowKind<Row>,
  wanted: readonly number[],
): Row[] {
  const parts = files.map((file) => ({ file, text: textAt(file) }));
  const rows = merged(parts, kind, wanted);
  writeWhole(output, textOf(rows, kind));
  return rows;
}

/** Does what is not `done` yet; `onRows` is called with each portion of rows as it is found. */
type Work<Row> = (
  done: readonly Row[],
  onRows: (rows: readonly Row[]) => void,
  isStopped: () => boolean,
) => Promise<void>;

/**
 * Appends rows to `output` as they are found, and puts them in order when the last is there.
 * @param output where to; left out, rows are only handed back.
 * @returns all rows in order; null if it was stopped before.
 */
export async function intoFile<Row extends object>(
  output: string | undefined,
  kind: RowKind<Row>,
  wanted: number,
  work: Work<Row>,
): Promise<Row[] | null> {
  refuseUnwritable(output);
  const done = output !== undefined && existsSync(output) ? resumed(output, kind) : [];
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  const show = progress(kind.one, wanted, done.length);
  const onRows = (rows: readonly Row[]): void => {
    done.push(...rows);
    if (output !== undefined) append(output, rows.map(lineOf).join(''));
    show(done.length);
  };
  const before = [...done];
  show(done.length);
  await work(before, onRows, () => stopped);
  process.off('SIGINT', stop);
  show(null);
  if (done.length < wanted) {
    const how =
      output === undefined ? 'name a file with -o to be able to go on' : 'run it again to go on';
    process.stderr.write(
      `holdfast: stopped after ${grouped(done.length)} of ${grouped(wanted)} ${kind.one}s; ${how}.\n`,
    );
    return null;
  }
  if (output !== undefined) writeWhole(output, textOf(done, kind));
  return done.sort((a, b) => kind.numberOf(a) - kind.numberOf(b));
}

/** The rows that a file has already; half a line at its end is cut off. */
function resumed<Row>(output: string, kind: RowKind<Row>): Row[] {
  const text = textAt(output);
  const rows = rowsOf(text, output, kind);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(output, Buffer.byteLength(whole));
  return rows;
}

function append(output: string, lines: string): void {
  try {
    appendFileSync(output, lines);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new OutputError(
      `${output}: cannot be written (${code}); name a file in a folder you own.`,
    );
  }
}

/** A line on a terminal; null clears it. */
function progress(one: string, all: number, before: number): (done: number | null) => void {
  const begun = performance.now();
  return (done) => {
    if (!process.stderr.isTTY) return;
    const seconds = (performance.now() - begun) / 1000;
    const text = done === null ? '' : progressText(one, all, before, done, seconds);
    process.stderr.write(`\r\u001b[K${text}`);
  };
}

/** More seconds than this are told as minutes. */
const LONG = 120;

/** `40 of 324 cells; about 12 s left` */
export function progressText(
  one: string,
  all: number,
  before: number,
  done: number,
  seconds: number,
): string {
  const told = `${grouped(done)} of ${grouped(all)} ${one}s`;
  if (done === before) return told;
  const left = Math.ceil(((all - done) * seconds) / (done - before));
  return `${told}; about ${left > LONG ? `${Math.ceil(left / 60)} min` : `${left} s`} left`;
}
