/** A measure against a setting: means with their 95 % bands, panel beside panel. */
import * as Plot from '@observablehq/plot';
import type { SettingValue } from '../row.ts';
import {
  type LegendItem,
  legendOf,
  lineOf,
  type Panel,
  panelOf,
  shortened,
  svgOf,
  textWidth,
  WIDTH,
} from './draw.ts';
import { INK, seriesStyle } from './palette.ts';

/** A group of runs. */
export interface BandPoint {
  /** Of which panel: the fault, say. */
  readonly panel: string;
  readonly series: string;
  readonly x: SettingValue;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What somebody else has measured: at one place, or whatever `x` is. */
export interface Reference {
  readonly panel: string;
  readonly x?: SettingValue;
  readonly y: number;
}

interface Axes {
  /** With their units: `recovery time (s)`. */
  readonly x: string;
  readonly y: string;
}

export interface BandPlot extends Axes {
  readonly title: string;
  readonly about: string;
  readonly points: readonly BandPoint[];
  /** @param says who it is from: `the paper, Table 2` */
  readonly reference?: { readonly says: string; readonly points: readonly Reference[] };
}

const ACROSS = 3;

/** Panels with the same axes, so that they can be compared. */
export function bandPlot({ title, about, x, y, points, reference }: BandPlot): string {
  const panels = distinct(points.map(({ panel }) => panel));
  const series = distinct(points.map((point) => point.series));
  const references = reference?.points ?? [];
  const top = Math.max(...points.map(({ high }) => high), ...references.map((each) => each.y), 0);
  const across = Math.min(ACROSS, panels.length);
  const drawn = panels.map((panel, i) =>
    bandPanel({
      head: panel,
      axes: { x, y: i % across === 0 ? y : '' },
      width: WIDTH / across,
      top,
      series,
      points: points.filter((point) => point.panel === panel),
      references: references.filter((each) => each.panel === panel),
    }),
  );
  const rows = Array.from({ length: Math.ceil(drawn.length / across) }, (_, row) =>
    drawn.slice(row * across, (row + 1) * across),
  );
  const said = references.length > 0 ? [reference!.says] : [];
  return svgOf({ title, about, rows: [legendOf(legendItems(series, said)), ...rows].filter(some) });
}

export interface TradePlot {
  readonly title: string;
  readonly about: string;
  readonly x: string;
  /** A measure each, on an axis of its own; the panel is named by the measure. */
  readonly panels: readonly {
    readonly y: string;
    readonly points: readonly Omit<BandPoint, 'panel'>[];
  }[];
}

/** What is won and what is paid: measures side by side against the same setting. */
export function tradePlot({ title, about, x, panels }: TradePlot): string {
  const series = distinct(panels.flatMap(({ points }) => points.map((point) => point.series)));
  const drawn = panels.map(({ y, points }) =>
    bandPanel({
      head: '',
      axes: { x, y },
      width: WIDTH / panels.length,
      top: Math.max(...points.map(({ high }) => high), 0),
      series,
      points,
      references: [],
    }),
  );
  const legend = legendOf(legendItems(series, []));
  return svgOf({ title, about, rows: [legend, drawn].filter(some) });
}

/** How far above the highest value the last tick may stand. */
const ROUNDED_UP = 1.25;

interface BandPanel {
  readonly head: string;
  readonly axes: Axes;
  readonly width: number;
  /** The highest value of the axis. */
  readonly top: number;
  readonly series: readonly string[];
  readonly points: readonly Omit<BandPoint, 'panel'>[];
  readonly references: readonly Omit<Reference, 'panel'>[];
}

function bandPanel({ head, axes, width, top, series, points, references }: BandPanel): Panel {
  const levels = distinct(points.map(({ x }) => x));
  const isNumeric = levels.every((level) => typeof level === 'number');
  const marginLeft = Math.max(55, textWidth(grouped(Math.round(top * ROUNDED_UP))) + 12);
  const above = { frameAnchor: 'top-left', textAnchor: 'start', dx: 5 - marginLeft } as const;
  return panelOf({
    width,
    height: head === '' ? 224 : 244,
    marginLeft,
    marginTop: head === '' ? 30 : 50,
    marginBottom: 42,
    marginRight: references.some((each) => each.x === undefined) ? 52 : 16,
    x: {
      type: 'point',
      domain: isNumeric ? levels.sort((a, b) => Number(a) - Number(b)) : levels,
      padding: 0.5,
      label: axes.x,
      labelArrow: 'none',
      labelAnchor: 'center',
      labelOffset: 35,
      tickFormat: (level: SettingValue) => shortened(String(level), 14),
    },
    y: {
      domain: [0, top || 1],
      nice: true,
      grid: true,
      ticks: 5,
      label: null,
    },
    marks: [
      Plot.ruleY([0]),
      Plot.text([shortened(head, Math.floor(width / 8))], { ...above, dy: -38, fontWeight: 600 }),
      Plot.text([axes.y], { ...above, dy: -20 }),
      ...series.map((name, i) => {
        const own = points.filter((point) => point.series === name);
        // Beside each other where no line joins them and many stand at the same place.
        const apart = isNumeric ? 0 : (i - (series.length - 1) / 2) * 12;
        return bandMarks(own, seriesStyle(i), isNumeric, apart);
      }),
      ...referenceMarks(references),
    ],
  });
}

function bandMarks(
  points: readonly Omit<BandPoint, 'panel'>[],
  { color, symbol }: ReturnType<typeof seriesStyle>,
  isJoined: boolean,
  dx: number,
): Plot.Markish {
  const at = { x: 'x', dx };
  const range = { ...at, y1: 'low', y2: 'high' };
  return [
    isJoined && points.length > 1
      ? Plot.areaY(points, { ...range, fill: color, fillOpacity: 0.15 })
      : null,
    isJoined ? Plot.lineY(points, { ...at, y: 'mean', stroke: color, ...lineOf() }) : null,
    Plot.ruleX(points, { ...range, stroke: color, ...lineOf() }),
    Plot.dot(points, { ...at, y: 'mean', fill: color, symbol, r: 4 }),
  ];
}

/** A dashed line where no place is known, its value beside the panel; a cross where one is. */
function referenceMarks(references: readonly Omit<Reference, 'panel'>[]): Plot.Markish[] {
  const lines = references.filter(({ x }) => x === undefined);
  const points = references.filter(({ x }) => x !== undefined);
  return [
    Plot.ruleY(lines, { y: 'y', stroke: INK, ...lineOf('dashed') }),
    Plot.text(lines, {
      y: 'y',
      text: (line: Reference) => grouped(line.y),
      frameAnchor: 'right',
      textAnchor: 'start',
      dx: 5,
    }),
    Plot.dot(points, { x: 'x', y: 'y', symbol: 'times', stroke: INK, strokeWidth: 2, r: 5 }),
  ];
}

function legendItems(series: readonly string[], references: readonly string[]): LegendItem[] {
  return [
    ...series.map((says, i) => ({ says, ...seriesStyle(i) })),
    ...references.map((says) => ({ says, color: INK, line: 'dashed' as const })),
  ];
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
const some = (row: readonly Panel[]): boolean => row.length > 0;
