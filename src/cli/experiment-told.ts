/** What an experiment came to: on the terminal, and in the files asked for. */
import { join } from 'node:path';
import { rowsCsv } from '../experiment/csv.ts';
import { lossReadingOf, readingOf } from '../experiment/reading.ts';
import type { ExperimentRow } from '../experiment/row.ts';
import { summaryTables } from '../experiment/summary.ts';
import { markdownOf, tablesText } from '../experiment/summary-text.ts';
import { experimentTold } from '../experiment/tell.ts';
import type { FigureTold } from '../experiment/told.ts';
import { pageOf } from '../report/page.ts';
import { wrapped } from '../report/text.ts';
import type { ExperimentTyped } from './experiment-command.ts';
import { makeFolder, refuseUnmakable, refuseUnwritable, writeOut, writeWhole } from './output.ts';

/** What is told. */
export interface Told {
  readonly title: string;
  /** What repeats it. */
  readonly command: string;
  readonly notes: readonly string[];
  readonly losses: { readonly x: string; readonly series: string } | undefined;
  readonly rows: readonly ExperimentRow[];
}

type Files = Pick<ExperimentTyped, 'csv' | 'svg' | 'report' | 'markdown' | 'output'>;

/** @throws OutputError for what will not be written, before anything runs. */
export function refuseFiles({ csv, svg, report, markdown }: Files): void {
  for (const file of [csv, report, markdown]) refuseUnwritable(file);
  refuseUnmakable(svg);
}

export async function tell(told: Told, files: Files): Promise<void> {
  const { rows, notes } = told;
  if (rows.length === 0) return;
  const tables = summaryTables(rows);
  // What is printed for another program stands alone.
  const prints = [files.markdown, files.csv].includes('-');
  if (!prints) {
    const says = notes.flatMap((note) => wrapped(note, '- '));
    process.stdout.write(`${told.title}\n${says.map((line) => `${line}\n`).join('')}\n`);
    process.stdout.write(tablesText(tables));
  }
  if (files.csv !== undefined) writeOut(files.csv, rowsCsv(rows));
  const page = files.svg === undefined && files.report === undefined ? null : await drawn(told);
  if (page && files.svg !== undefined) writeFigures(files.svg, page.figures);
  if (page && files.report !== undefined) {
    const reading = [...notes, ...page.reading];
    writeWhole(files.report, pageOf({ results: null, experiment: { ...page, reading } }));
  }
  if (files.markdown !== undefined) {
    const reading = [...readingOf(rows), ...(told.losses ? lossReadingOf(rows) : [])];
    writeOut(files.markdown, markdownOf({ ...told, tables, reading: [...new Set(reading)] }));
  }
  const { output, csv, svg, report, markdown } = files;
  const written = [output, csv, svg, report, markdown].filter(
    (each) => each !== undefined && each !== '-',
  );
  if (!prints && written.length > 0) {
    process.stdout.write(`\n${written.map((each) => `${each} is written.\n`).join('')}`);
  }
}

const drawn = ({ title, command, rows, losses }: Told) =>
  experimentTold({ title, command, rows, ...(losses && { losses: { rows, ...losses } }) });

/** The longest name of a figure's file. */
const LONGEST = 60;

function writeFigures(folder: string, figures: readonly FigureTold[]): void {
  makeFolder(folder);
  for (const [at, { title, svg, csv }] of figures.entries()) {
    const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const name = `${String(at + 1).padStart(2, '0')}-${words.join('-').slice(0, LONGEST)}`;
    writeWhole(join(folder, `${name}.svg`), svg);
    writeWhole(join(folder, `${name}.csv`), csv);
  }
}
