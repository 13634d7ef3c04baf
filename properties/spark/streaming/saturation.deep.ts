/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { afterAll, expect, test } from 'vitest';
import {
  defaults,
  type StreamingOptions,
  spark41,
  streaming,
} from '../../../models/spark/streaming/index.ts';
import type { Budget } from '../../../src/model/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { writeSaturation } from '../../saturation.ts';
import { streamingClaims, subjectOf } from './index.ts';

const rows: string[][] = [];

interface Explored {
  readonly broken: string;
  readonly states: number;
  readonly complete: boolean;
}

/** Judges the claims about states: one that something stays reachable has its bounds in it. */
function explored(setting: Partial<StreamingOptions>): Explored {
  const options = { ...defaults, rules: spark41, ...setting };
  const claims = streamingClaims(subjectOf(options)).filter(
    ({ modality }) => modality === 'always',
  );
  const { results, states, complete } = explore(streaming(options), claims, {
    whole: true,
    maxStates: 3_000_000,
  });
  const broken = results.filter(({ verdict }) => verdict === 'broken');
  return { broken: broken.map(({ claim }) => claim.name).join(', ') || 'none', states, complete };
}

const budgets: readonly Budget[] = [
  { driverCrash: 1 },
  { executorLoss: 1 },
  { driverCrash: 1, zombieWrite: 1 },
  { retentionPassed: 1 },
];
const sinks = ['file', 'kafka', 'foreachBatchByQueryAndBatchId', 'foreachBatchByBatchId'] as const;
const base = { records: 2, batches: 2 };
const grown = { ...base, partitions: defaults.partitions };

test.each(sinks.flatMap((sink) => budgets.map((faults) => [sink, faults] as const)))(
  '%s under %o: one more record, batch or partition changes no verdict',
  (sink, faults) => {
    const small = explored({ sink, faults, bounds: base });
    expect(small.complete).toBe(true);
    for (const bound of ['records', 'batches', 'partitions'] as const) {
      const { partitions, ...bounds } = { ...grown, [bound]: grown[bound] + 1 };
      const larger = explored({ sink, faults, partitions, bounds });
      const states = `${larger.states.toLocaleString('en-US')}${larger.complete ? '' : ' (not all)'}`;
      rows.push([
        sink,
        Object.keys(faults).join(', '),
        `${bound} ${grown[bound] + 1}`,
        states,
        larger.broken,
      ]);
      expect(larger.broken).toEqual(small.broken);
    }
  },
);

afterAll(() => {
  writeSaturation(
    'Spark Structured Streaming: micro-batches',
    'Claims about the states of a query on two partitions with two records each, and two batches.',
    ['sink', 'faults', 'bound', 'states', 'claims broken'],
    rows,
  );
});
