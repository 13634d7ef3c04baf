/** Which settings decide a measure: their shares of its variance. */
import * as Plot from '@observablehq/plot';
import {
  headOf,
  type Panel,
  panelOf,
  rowNames,
  shortened,
  svgOf,
  textWidth,
  WIDTH,
} from './draw.ts';
import { BLUE, INK } from './palette.ts';

export interface ShareBar {
  readonly says: string;
  /** From zero to one. */
  readonly share: number;
  /** What stands after the bar. */
  readonly note: string;
  /** No setting, but what is left of the variance. */
  readonly isRest?: boolean;
}

export interface SensitivityPlot {
  readonly title: string;
  readonly about: string;
  /** `share of the variance (%)` */
  readonly x: string;
  readonly panels: readonly { readonly head: string; readonly bars: readonly ShareBar[] }[];
}

const BAR = 24;
const NOTE = 32;

export function sensitivityPlot({ title, about, x, panels }: SensitivityPlot): string {
  const bars = panels.flatMap((panel) => panel.bars);
  const notes = bars.map(({ note }) => textWidth(shortened(note, NOTE)) + 14);
  const room = {
    left: rowNames(bars.map(({ says }) => says)).marginLeft,
    right: Math.max(60, ...notes),
  };
  const top = Math.max(...bars.map(({ share }) => share * 100), 1);
  const rows = panels.map((panel, i) => [
    sharesPanel(panel, i === panels.length - 1 ? x : null, top, room),
  ]);
  return svgOf({ title, about, rows });
}

function sharesPanel(
  { head, bars }: SensitivityPlot['panels'][number],
  x: string | null,
  top: number,
  room: { left: number; right: number },
): Panel {
  const named = bars.map((bar) => ({ ...bar, percent: bar.share * 100 }));
  return panelOf({
    width: WIDTH,
    height: 50 + bars.length * BAR + (x === null ? 0 : 24),
    marginTop: 26,
    marginBottom: x === null ? 24 : 48,
    marginLeft: room.left,
    marginRight: room.right,
    x: {
      domain: [0, top],
      nice: true,
      grid: true,
      ticks: 5,
      label: x,
      labelArrow: 'none',
      labelAnchor: 'center',
      labelOffset: 35,
    },
    y: {
      type: 'band',
      domain: [...new Set(named.map(({ says }) => says))],
      label: null,
      tickSize: 0,
      padding: 0.25,
    },
    marks: [
      headOf(head, room.left),
      ...[false, true].map((isRest) =>
        Plot.barX(
          named.filter((bar) => (bar.isRest ?? false) === isRest),
          { x: 'percent', y: 'says', fill: isRest ? INK : BLUE, fillOpacity: isRest ? 0.3 : 1 },
        ),
      ),
      Plot.text(named, {
        x: 'percent',
        y: 'says',
        text: ({ note }: ShareBar) => shortened(note, NOTE),
        textAnchor: 'start',
        dx: 6,
      }),
      Plot.ruleX([0]),
    ],
  });
}
