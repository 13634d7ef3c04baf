/** An experiment as the report tells it: figures, tables and reading, from its rows. */
import type { RunToShow } from './figures/timeline.ts';
import { lossReadingOf, readingOf } from './reading.ts';
import type { ExperimentRow } from './row.ts';
import { paperTable, sensitivityTable } from './tables.ts';
import type { ExperimentTold, FigureTold } from './told.ts';

export interface Experiment {
  readonly title: string;
  /** What repeats it. */
  readonly command: string;
  readonly rows: readonly ExperimentRow[];
  /** Runs that show what is lost, by a setting, and by a second one. */
  readonly losses?: {
    readonly rows: readonly ExperimentRow[];
    readonly x: string;
    readonly series?: string;
  };
  /** Runs to show second by second. */
  readonly runs?: readonly RunToShow[];
}

/** Draws and counts. What draws is loaded here, and nowhere else, so that nothing else waits for it. */
export async function experimentTold(experiment: Experiment): Promise<ExperimentTold> {
  const { title, command, rows, losses, runs = [] } = experiment;
  const draw = await import('./figures/index.ts');
  const has = (name: string): boolean => rows.some(({ settings }) => Object.hasOwn(settings, name));
  const figures: (FigureTold | null)[] = [
    losses ? draw.lossFigure(losses.rows, losses.x, losses.series) : null,
    has('workers') ? draw.recoveryFigure(rows) : null,
    has('replicationFactor') ? draw.throughputFigure(rows) : null,
    draw.phasesFigure(rows),
    has('workers') ? draw.workerPhasesFigure(rows) : null,
    has('triggerSeconds') ? draw.tradeFigure(rows) : null,
    draw.latencyFigure(rows),
    draw.sensitivityFigure(rows),
    ...runs.map((run) => draw.timelineFigure(run)),
  ];
  return {
    title,
    command,
    figures: figures.filter((figure) => figure !== null),
    tables: [paperTable(rows), sensitivityTable(rows)],
    // Where the losses are of the same runs, they are told once.
    reading: [...new Set([...readingOf(rows), ...(losses ? lossReadingOf(losses.rows) : [])])],
  };
}
