/** Which settings decide a measure: their shares of its variance. */
import * as Plot from '@observablehq/plot';
import { panelOf, shortened, svgOf, textWidth, WIDTH } from './draw.ts';
import { BLUE, INK } from './palette.ts';

export interface SensitivityPlot {
  readonly title: string;
  readonly about: string;
  /** `share of the variance (%)` */
  readonly x: string;
  readonly bars: readonly {
    readonly says: string;
    /** From zero to one. */
    readonly share: number;
    /** What stands after the bar. */
    readonly note: string;
    /** No setting, but what is left of the variance. */
    readonly isRest?: boolean;
  }[];
}

const BAR = 26;

export function sensitivityPlot({ title, about, x, bars }: SensitivityPlot): string {
  const named = bars.map((bar) => ({
    ...bar,
    name: shortened(bar.says, 30),
    percent: bar.share * 100,
  }));
  const marginLeft = Math.max(70, ...named.map(({ name }) => textWidth(name) + 14));
  const noteRoom = Math.min(230, Math.max(60, ...named.map(({ note }) => textWidth(note) + 14)));
  const panel = panelOf({
    width: WIDTH,
    height: 56 + bars.length * BAR,
    marginTop: 8,
    marginBottom: 42,
    marginLeft,
    marginRight: noteRoom,
    x: {
      domain: [0, Math.max(...named.map(({ percent }) => percent), 1)],
      nice: true,
      grid: true,
      label: x,
      labelArrow: 'none',
      labelAnchor: 'center',
    },
    y: {
      type: 'band',
      domain: [...new Set(named.map(({ name }) => name))],
      label: null,
      tickSize: 0,
      padding: 0.25,
    },
    marks: [
      ...([false, true] as const).map((isRest) =>
        Plot.barX(
          named.filter((bar) => (bar.isRest ?? false) === isRest),
          { x: 'percent', y: 'name', fill: isRest ? INK : BLUE, fillOpacity: isRest ? 0.3 : 1 },
        ),
      ),
      Plot.text(named, {
        x: 'percent',
        y: 'name',
        text: (bar: { note: string }) => shortened(bar.note, 32),
        textAnchor: 'start',
        dx: 6,
      }),
      Plot.ruleX([0]),
    ],
  });
  return svgOf({ title, about, rows: [[panel]] });
}
