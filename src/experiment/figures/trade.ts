/** The interval of checkpoints against what it costs and what it saves. */
import { type CsvValue, csvOf } from '../csv.ts';
import { batchBusy, endToEnd, recoveryTime, settingAxis, variedSettings } from '../measures.ts';
import { tradePlot } from '../plot/index.ts';
import type { ExperimentRow } from '../row.ts';
import { type Measure, summarise } from '../statistics.ts';
import type { FigureTold } from '../told.ts';
import { SIMULATED } from './against.ts';

const COSTS: readonly { y: string; measure: Measure }[] = [
  { y: 'time in batches (%)', measure: batchBusy },
  { y: 'median latency (s)', measure: (row) => (endToEnd(row) ?? 0) / 1_000 },
  { y: 'recovery time (s)', measure: recoveryTime },
];

/** The interval of checkpoints against what it costs and what it saves. */
export function tradeFigure(rows: readonly ExperimentRow[]): FigureTold {
  const setting = 'triggerSeconds';
  const series = variedSettings(rows).includes('storage') ? ['storage'] : [];
  const groups = COSTS.map(({ measure }) => summarise(rows, [...series, setting], measure));
  const title = 'The interval of checkpoints: what it costs, what it saves';
  const caption =
    'Every batch is a checkpoint. Short intervals spend more of the time on checkpoints; long ones keep ' +
    'messages waiting, and leave more to run again. All faults together.';
  const svg = tradePlot({
    title,
    about: caption,
    x: settingAxis(setting),
    panels: COSTS.map(({ y }, i) => ({
      y,
      points: groups[i]!.map((group) => ({
        ...group,
        series: series.length > 0 ? String(group.key.storage) : SIMULATED,
        x: group.key[setting]!,
      })),
    })),
  });
  const columns = ['measure', ...series, setting, 'n', 'mean', 'low', 'high'];
  const lines = groups.flatMap((found, i) =>
    found.map(({ key, n, mean, low, high }): CsvValue[] => [
      COSTS[i]!.y,
      ...[...series, setting].map((name) => key[name]!),
      ...[n, mean, low, high],
    ]),
  );
  return { title, caption, svg, csv: csvOf(columns, lines) };
}
