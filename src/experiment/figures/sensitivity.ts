/** Which settings decide the recovery time. */
import { type CsvValue, csvOf } from '../csv.ts';
import { percent, settingWords, shown } from '../measures.ts';
import { sensitivityPlot } from '../plot/index.ts';
import type { ExperimentRow } from '../row.ts';
import { recoverySensitivity } from '../tables.ts';
import type { FigureTold } from '../told.ts';

/** What decides the recovery time; null where it never differs. */
export function sensitivityFigure(rows: readonly ExperimentRow[]): FigureTold | null {
  const found = recoverySensitivity(rows);
  if (found.length === 0) return null;
  const title = 'What decides the recovery time';
  const caption =
    'How much of the variance among runs each setting explains by itself (eta squared), with the ' +
    'lowest and the highest mean of its values; what settings do only together; and what is left ' +
    'to chance.';
  const panels = found.map(({ fault, found: { effects, rests } }) => ({
    head: fault,
    bars: [
      ...effects.map(({ setting, share, levels }) => {
        const means = levels.map(({ mean }) => mean);
        const range = `${shown(Math.min(...means))} to ${shown(Math.max(...means))} s`;
        return { says: settingWords(setting), share, note: `${percent(share)}, ${range}` };
      }),
      ...rests.map((rest) => ({ ...rest, note: percent(rest.share), isRest: true })),
    ],
  }));
  const lines = panels.flatMap(({ head, bars }) =>
    bars.map(({ says, share, note }): CsvValue[] => [head, says, share, note]),
  );
  const x = 'share of the variance of the recovery time (%)';
  const svg = sensitivityPlot({ title, about: caption, x, panels });
  return { title, caption, svg, csv: csvOf(['fault', 'setting', 'share', 'note'], lines) };
}
