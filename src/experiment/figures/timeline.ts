/** One run over time. */
import { csvOf } from '../csv.ts';
import { shown } from '../measures.ts';
import { timelinePlot } from '../plot/index.ts';
import type { Sample } from '../result.ts';
import type { FigureTold } from '../told.ts';

/** One run, second by second. */
export interface RunToShow {
  /** What it is of: fault and settings in words. */
  readonly title: string;
  readonly command: string;
  readonly samples: readonly Sample[];
  readonly faults: readonly { readonly from: number; readonly to: number; readonly says: string }[];
}

export function timelineFigure({ title, command, samples, faults }: RunToShow): FigureTold {
  const caption = `One run, second by second. ${faults
    .map(({ from, to, says }) => `${says} from ${shown(from)} to ${shown(to)} s.`)
    .join(' ')}`;
  const columns = Object.keys(samples[0] ?? {}) as (keyof Sample)[];
  const lines = samples.map((sample) => columns.map((column) => sample[column]));
  const svg = timelinePlot({ title, about: caption, samples, faults });
  return { title, caption, svg, csv: csvOf(columns, lines), command };
}
