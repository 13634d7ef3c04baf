/** Latencies as percentiles, on an axis of powers of ten: what most wait, and what the last wait. */
import * as Plot from '@observablehq/plot';
import type { Percentiles } from '../result.ts';
import { headOf, legendOf, type Panel, panelOf, rowNames, svgOf, WIDTH } from './draw.ts';
import { seriesStyle } from './palette.ts';

export interface LatencyRow extends Percentiles {
  /** Of which panel: until acknowledged, or end to end. */
  readonly panel: string;
  readonly row: string;
}

export interface LatencyPlot {
  readonly title: string;
  readonly about: string;
  /** `latency (ms)` */
  readonly x: string;
  readonly rows: readonly LatencyRow[];
}

const SHOWN = ['p50', 'p95', 'p99', 'max'] as const;
const ROW = 28;

export function latencyPlot({ title, about, x, rows }: LatencyPlot): string {
  const panels = [...new Set(rows.map(({ panel }) => panel))];
  const all = rows.flatMap((row) => SHOWN.map((one) => atLeast(row[one])));
  const domain: [number, number] = [Math.min(...all, 1), Math.max(...all, 10)];
  const legend = legendOf(SHOWN.map((says, i) => ({ says, ...seriesStyle(i) })));
  const drawn = panels.map((panel) => [
    latencyPanel(
      panel,
      rows.filter((row) => row.panel === panel),
      x,
      domain,
    ),
  ]);
  return svgOf({ title, about, rows: [legend, ...drawn] });
}

function latencyPanel(
  panel: string,
  rows: readonly LatencyRow[],
  x: string,
  domain: [number, number],
): Panel {
  const { y, marginLeft } = rowNames(rows.map(({ row }) => row));
  return panelOf({
    width: WIDTH,
    height: 78 + rows.length * ROW,
    marginTop: 26,
    marginBottom: 48,
    marginLeft,
    marginRight: 34,
    x: {
      type: 'log',
      domain,
      nice: true,
      grid: true,
      label: x,
      labelArrow: 'none',
      labelAnchor: 'center',
      labelOffset: 35,
      ticks: 5,
      tickFormat: ',',
    },
    y,
    marks: [
      headOf(panel, marginLeft),
      Plot.ruleY(rows, {
        y: 'row',
        x1: (row: Percentiles) => atLeast(row.p50),
        x2: (row: Percentiles) => atLeast(row.max),
        strokeOpacity: 0.5,
      }),
      ...SHOWN.map((one, i) => {
        const { color, symbol } = seriesStyle(i);
        return Plot.dot(rows, {
          x: (row: Percentiles) => atLeast(row[one]),
          y: 'row',
          fill: color,
          symbol,
          r: 4.5,
        });
      }),
    ],
  });
}

/** Nothing is left of it on an axis of powers of ten. */
const atLeast = (milliseconds: number): number => Math.max(milliseconds, 0.1);
