/** What the time of a recovery went into: a bar each, the phases after one another. */
import * as Plot from '@observablehq/plot';
import { headOf, legendOf, type Panel, panelOf, rowNames, svgOf, WIDTH } from './draw.ts';
import { PHASES } from './palette.ts';

export interface PhaseBar {
  /** Of which panel: writes or output. */
  readonly panel: string;
  readonly bar: string;
  /** Phase -> mean seconds. */
  readonly phases: Readonly<Record<string, number>>;
}

export interface PhasePlot {
  readonly title: string;
  readonly about: string;
  /** `mean time (s)` */
  readonly x: string;
  readonly bars: readonly PhaseBar[];
}

const BAR = 28;

export function phasePlot({ title, about, x, bars }: PhasePlot): string {
  const panels = [...new Set(bars.map(({ panel }) => panel))];
  const top = Math.max(...bars.map(({ phases }) => total(phases)), 0);
  let shownLast = '';
  const rows = panels.flatMap((panel) => {
    const own = bars.filter((bar) => bar.panel === panel);
    const used = PHASES.filter(({ name }) => own.some(({ phases }) => name in phases));
    const isLast = panel === panels.at(-1);
    const isSame = used.map(({ name }) => name).join() === shownLast;
    shownLast = used.map(({ name }) => name).join();
    return [isSame ? [] : legendOf(used), [barsPanel(panel, own, used, isLast ? x : null, top)]];
  });
  return svgOf({ title, about, rows: rows.filter((row) => row.length > 0) });
}

function barsPanel(
  panel: string,
  bars: readonly PhaseBar[],
  used: typeof PHASES,
  x: string | null,
  top: number,
): Panel {
  const names = bars.map(({ bar }) => bar);
  const parts = bars.flatMap(({ phases }, i) => {
    let end = 0;
    return used.map(({ name, ...style }) => {
      const start = end;
      end += phases[name] ?? 0;
      return { bar: names[i], start, end, ...style };
    });
  });
  const totals = bars.map(({ phases }, i) => ({ bar: names[i], end: total(phases) }));
  const { y, marginLeft } = rowNames(names);
  return panelOf({
    width: WIDTH,
    height: bars.length * BAR + (x === null ? 60 : 82),
    marginTop: 26,
    marginBottom: x === null ? 30 : 48,
    marginLeft,
    marginRight: 64,
    x: {
      domain: [0, top || 1],
      grid: true,
      label: x,
      labelArrow: 'none',
      labelAnchor: 'center',
      labelOffset: 35,
    },
    y,
    marks: [
      headOf(panel, marginLeft),
      ...used.map(({ says, color, opacity = 1 }) =>
        Plot.barX(
          parts.filter((part) => part.says === says && part.end > part.start),
          {
            x1: 'start',
            x2: 'end',
            y: 'bar',
            fill: color,
            fillOpacity: opacity,
            insetLeft: 0.5,
            insetRight: 0.5,
          },
        ),
      ),
      Plot.text(totals, {
        x: 'end',
        y: 'bar',
        text: (bar: { end: number }) => `${bar.end.toFixed(1)} s`,
        textAnchor: 'start',
        dx: 6,
      }),
      Plot.ruleX([0]),
    ],
  });
}

const total = (phases: PhaseBar['phases']): number =>
  Object.values(phases).reduce((sum, seconds) => sum + seconds, 0);
