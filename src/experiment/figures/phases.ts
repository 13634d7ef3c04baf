/** What recovery is spent on. */
import { listed } from '../../report/text.ts';
import { type CsvValue, csvOf } from '../csv.ts';
import {
  OUTPUT_PHASES,
  outputPhase,
  PHASE_WORDS,
  shown,
  WRITE_PHASES,
  writePhase,
} from '../measures.ts';
import { phasePlot } from '../plot/index.ts';
import type { ExperimentRow } from '../row.ts';
import { FAULT, groupsOf, type Measure, meanOf } from '../statistics.ts';
import type { FigureTold } from '../told.ts';

const WRITES = 'until writes are acknowledged again';
const OUTPUT = 'until the output is current again';

/** Recovery in its phases, by fault. */
export function phasesFigure(rows: readonly ExperimentRow[]): FigureTold {
  const groups = groupsOf(rows, [FAULT]);
  const bars = [WRITES, OUTPUT].flatMap((panel) =>
    groups.flatMap(({ key, rows: members }) => {
      const phases = panel === WRITES ? writesIn(members) : outputIn(members);
      return phases ? [{ panel, bar: String(key[FAULT]), phases }] : [];
    }),
  );
  return phasesOf(
    'What recovery is spent on',
    'Means over the runs in which the fault stopped anything of the kind and that came back.',
    bars,
  );
}

/** Recovery of the output in its phases, by number of workers. */
export function workerPhasesFigure(rows: readonly ExperimentRow[]): FigureTold {
  const bars = groupsOf(rows, [FAULT, 'workers']).flatMap(({ key, rows: members }) => {
    const phases = outputIn(members);
    return phases ? [{ panel: String(key[FAULT]), bar: `${key.workers} workers`, phases }] : [];
  });
  return phasesOf(
    'What more workers shorten',
    'Until the output is current again: means by number of Spark workers.',
    bars,
  );
}

interface Bar {
  readonly panel: string;
  readonly bar: string;
  readonly phases: Readonly<Record<string, number>>;
}

function phasesOf(title: string, caption: string, bars: readonly Bar[]): FigureTold {
  const lines = bars.flatMap(({ panel, bar, phases }) =>
    Object.entries(phases).map(([phase, seconds]): CsvValue[] => [panel, bar, phase, seconds]),
  );
  const told = bars.map(({ panel, bar, phases }) => {
    const parts = Object.entries(phases).map(
      ([phase, seconds]) => `${PHASE_WORDS[phase] ?? phase} ${shown(seconds)} s`,
    );
    return `${bar}, ${panel}: ${listed(parts)}.`;
  });
  const svg = phasePlot({ title, about: [caption, ...told].join(' '), x: 'mean time (s)', bars });
  return { title, caption, svg, csv: csvOf(['panel', 'bar', 'phase', 'seconds'], lines) };
}

const writesIn = (rows: readonly ExperimentRow[]) =>
  meansOf(
    rows,
    WRITE_PHASES.map((phase) => [phase, writePhase(phase)]),
  );
const outputIn = (rows: readonly ExperimentRow[]) =>
  meansOf(
    rows,
    OUTPUT_PHASES.map((phase) => [phase, outputPhase(phase)]),
  );

function meansOf(
  rows: readonly ExperimentRow[],
  measures: readonly (readonly [name: string, measure: Measure])[],
): Record<string, number> | null {
  const found = measures.map(([name, measure]) => [name, meanOf(rows.map(measure))] as const);
  const means = found.filter((each): each is readonly [string, number] => each[1] !== null);
  return means.length === found.length ? Object.fromEntries(means) : null;
}
