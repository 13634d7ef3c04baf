/** One run over time: what is written and processed, what waits, what is not replicated. */
import * as Plot from '@observablehq/plot';
import type { Sample } from '../result.ts';
import { type LegendItem, legendOf, lineOf, type Panel, panelOf, svgOf, WIDTH } from './draw.ts';
import { seriesStyle, VERMILION } from './palette.ts';

export interface Timeline {
  readonly title: string;
  readonly about: string;
  readonly samples: readonly Sample[];
  /** From when to when something was wrong, seconds of the run. */
  readonly faults: readonly { readonly from: number; readonly to: number; readonly says: string }[];
}

type Lines = readonly [member: keyof Sample, says: string][];

const PANELS: readonly { readonly y: string; readonly lines: Lines }[] = [
  {
    y: 'messages a second',
    lines: [
      ['acknowledgedPerSecond', 'acknowledged'],
      ['processedPerSecond', 'processed'],
    ],
  },
  {
    y: 'messages that wait',
    lines: [
      ['consumerLag', 'in Kafka, not yet read'],
      ['producerBacklog', 'in the producers'],
    ],
  },
  {
    y: 'partitions',
    lines: [
      ['underReplicatedPartitions', 'under-replicated'],
      ['offlinePartitions', 'offline'],
    ],
  },
];

export function timelinePlot({ title, about, samples, faults }: Timeline): string {
  const band = { says: 'the fault lasts', color: VERMILION, opacity: 0.15 };
  const rows = PANELS.flatMap(({ y, lines }, i) => {
    const items = lines.map(([, says], at): LegendItem => ({ says, ...lineStyle(at) }));
    const isLast = i === PANELS.length - 1;
    return [
      legendOf(i === 0 && faults.length > 0 ? [...items, band] : items),
      [linesPanel(samples, faults, y, lines, isLast)],
    ];
  });
  return svgOf({ title, about, rows });
}

function linesPanel(
  samples: readonly Sample[],
  faults: Timeline['faults'],
  y: string,
  lines: Lines,
  isLast: boolean,
): Panel {
  const values = lines.flatMap(([member]) => samples.map((sample) => Number(sample[member] ?? 0)));
  const end = Math.max(...samples.map(({ at }) => at), 1);
  return panelOf({
    width: WIDTH,
    height: isLast ? 148 : 116,
    marginTop: 24,
    marginBottom: isLast ? 40 : 8,
    marginLeft: 64,
    x: {
      domain: [0, end],
      label: isLast ? 'time (s)' : null,
      labelArrow: 'none',
      labelAnchor: 'center',
      labelOffset: 35,
      axis: isLast ? 'bottom' : null,
    },
    y: {
      domain: [0, Math.max(...values, 1)],
      nice: true,
      grid: true,
      ticks: 4,
      label: y,
      labelArrow: 'none',
    },
    marks: [
      Plot.rectX(
        faults.map(({ from, to }) => ({ from, to: Math.min(to, end) })),
        { x1: 'from', x2: 'to', fill: VERMILION, fillOpacity: 0.15 },
      ),
      Plot.ruleY([0]),
      ...lines.map(([member], i) => {
        const { color, line } = lineStyle(i);
        return Plot.lineY(samples, {
          x: 'at',
          y: member,
          stroke: color,
          ...lineOf(line),
        });
      }),
    ],
  });
}

/** The second line is dashed, so that it is seen where both are the same. */
const lineStyle = (i: number) => ({
  color: seriesStyle(i === 0 ? 0 : 2).color,
  line: i > 0 ? ('dashed' as const) : ('solid' as const),
});
