/** Latencies by fault. */
import { csvOf } from '../csv.ts';
import { latencyPlot } from '../plot/index.ts';
import type { Percentiles } from '../result.ts';
import type { ExperimentRow } from '../row.ts';
import { FAULT, groupsOf, meanOf } from '../statistics.ts';
import type { FigureTold } from '../told.ts';

const LATENCIES = [
  ['until acknowledged', 'acknowledgement'],
  ['until in the sink', 'endToEnd'],
] as const;

/** Latencies by fault. */
export function latencyFigure(rows: readonly ExperimentRow[]): FigureTold {
  const title = 'Latency';
  const caption =
    'From a message’s arrival at the producer; each percentile is the mean of the runs’. The axis ' +
    'is of powers of ten.';
  const groups = groupsOf(rows, [FAULT]);
  const drawn = LATENCIES.flatMap(([panel, member]) =>
    groups.map(({ key, rows: members }) => ({
      panel,
      row: String(key[FAULT]),
      ...meanPercentiles(members.map(({ result }) => result[member])),
    })),
  );
  const columns = ['panel', 'row', 'p50', 'p95', 'p99', 'max'] as const;
  const lines = drawn.map((row) => columns.map((column) => row[column]));
  const svg = latencyPlot({ title, about: caption, x: 'latency (ms)', rows: drawn });
  return { title, caption, svg, csv: csvOf(columns, lines) };
}

function meanPercentiles(all: readonly Percentiles[]): Percentiles {
  const of = (one: keyof Percentiles): number => meanOf(all.map((each) => each[one]))!;
  return { p50: of('p50'), p95: of('p95'), p99: of('p99'), max: of('max') };
}
