/** One measure against one setting, beside the paper's: its figures 1, 2 and 3. */
import { summaryCsv } from '../csv.ts';
import {
  acknowledgedLoss,
  recoveryTime,
  settingAxis,
  settingWords,
  shown,
  throughput,
} from '../measures.ts';
import { type PaperLine, TABLE_2 } from '../paper.ts';
import { bandPlot } from '../plot/index.ts';
import type { ExperimentRow } from '../row.ts';
import { FAULT, type Group, levelsOf, type Measure, summarise } from '../statistics.ts';
import type { FigureTold } from '../told.ts';

export const SIMULATED = 'simulated: mean, 95 % band';
const PAPER = 'the paper, Table 2';

/** What a figure of one measure against one setting shows. */
interface Against {
  readonly title: string;
  readonly caption: string;
  readonly setting: string;
  readonly y: string;
  readonly measure: Measure;
  readonly paper: (line: PaperLine) => number;
}

function against(rows: readonly ExperimentRow[], of: Against): FigureTold {
  const { title, caption, setting, y, measure, paper } = of;
  const groups = summarise(rows, [FAULT, setting], measure);
  const faults = new Set(groups.map(({ key }) => String(key[FAULT])));
  const svg = bandPlot({
    title,
    about: `${caption} ${toldGroups(groups)}`,
    x: settingAxis(setting),
    y,
    points: groups.map((group) => ({
      ...group,
      panel: String(group.key[FAULT]),
      series: SIMULATED,
      x: group.key[setting]!,
    })),
    reference: {
      says: PAPER,
      points: TABLE_2.filter(({ fault }) => faults.has(fault)).map((line) => ({
        panel: line.fault,
        y: paper(line),
      })),
    },
  });
  return { title, caption, svg, csv: summaryCsv(groups) };
}

/** For those who do not see the figure. */
const toldGroups = (groups: readonly Group[]): string =>
  groups
    .map(({ key, mean }) => {
      const words = Object.entries(key).map(([name, value]) =>
        name === FAULT ? value : `${settingWords(name)} ${value}`,
      );
      return `${words.join(', ')}: ${shown(mean)}.`;
    })
    .join(' ');

/** Figure 2 of the paper. */
export const recoveryFigure = (rows: readonly ExperimentRow[]): FigureTold =>
  against(rows, {
    title: 'Recovery time by number of workers (the paper’s figure 2)',
    caption:
      'Until writes are acknowledged again; where the fault stops none, until the output is current. The paper prints no numbers in its ' +
      'figure; its Table 2 has one for each fault.',
    setting: 'workers',
    y: 'recovery time (s)',
    measure: recoveryTime,
    paper: ({ recoverySeconds }) => recoverySeconds,
  });

/** Figure 3 of the paper. */
export const throughputFigure = (rows: readonly ExperimentRow[]): FigureTold =>
  against(rows, {
    title: 'Throughput by replication factor (the paper’s figure 3)',
    caption: 'Acknowledged messages a second over the whole run, the time of the fault included.',
    setting: 'replicationFactor',
    y: 'throughput (messages/s)',
    measure: throughput,
    paper: ({ messagesPerSecond }) => messagesPerSecond,
  });

/** Figure 1 of the paper: what is lost, by a setting, a series for each value of another. */
export function lossFigure(rows: readonly ExperimentRow[], x: string, series?: string): FigureTold {
  const by = series === undefined ? [x] : [series, x];
  const groups = summarise(rows, [FAULT, ...by], acknowledgedLoss);
  const title = 'Data loss under a network partition (the paper’s figure 1)';
  const caption =
    'Messages that were acknowledged and are in no log that is left. The paper has 50 "second", ' +
    'without saying of what; the line at 50 is drawn for its number alone. ' +
    'Values stand evenly apart; where lines coincide, only the last is seen.';
  const svg = bandPlot({
    title,
    about: `${caption} ${toldGroups(groups)}`,
    x: settingAxis(x),
    y: 'acknowledged and lost (messages)',
    points: groups.map((group) => ({
      ...group,
      panel: String(group.key[FAULT]),
      series: series === undefined ? SIMULATED : `${settingWords(series)} ${group.key[series]}`,
      x: group.key[x]!,
    })),
    reference: {
      says: PAPER,
      points: levelsOf(rows, FAULT).map((fault) => ({
        panel: String(fault),
        y: TABLE_2.find((line) => line.loss > 0)!.loss,
      })),
    },
  });
  return { title, caption, svg, csv: summaryCsv(groups) };
}
