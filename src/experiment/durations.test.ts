/** The tables of time: well formed, written down for readers, and like what has been measured. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CAPACITIES, CHECKS, DURATIONS, type Duration, STORAGE } from './durations.ts';
import { kafkaSetting, sparkSetting } from './setting.ts';
import { draw, type Spread, streamOf, type Uniform } from './spread.ts';
import { spreadText, timingPage } from './timing-page.ts';

const durations = Object.entries<Duration>({
  ...DURATIONS,
  ...STORAGE.hdfs,
  ...Object.fromEntries(Object.entries(STORAGE.s3).map(([name, each]) => [`s3 ${name}`, each])),
});

it('says of everything what it means and where the figure comes from, fit for a table', () => {
  const entries = [...durations, ...Object.entries(CHECKS), ...Object.entries(CAPACITIES)];
  const text = /^[^|\n]{4,}$/;
  const unfit = entries.filter(([, { means, source }]) => !text.test(means) || !text.test(source));
  expect(unfit.map(([name]) => name)).toEqual([]);
});

it('has no time that runs backwards', () => {
  expect(durations.filter(([, { spread }]) => !inOrder(spread)).map(([name]) => name)).toEqual([]);
});

function inOrder(spread: Spread): boolean {
  switch (spread.kind) {
    case 'fixed':
      return spread.ms >= 0;
    case 'uniform':
      return 0 <= spread.from && spread.from < spread.to;
    case 'lognormal':
      return 0 < spread.median && spread.median < spread.p95;
    case 'exponential':
      return 0 < spread.mean;
  }
}

it('looks for lost executors no less often than they may be silent', () => {
  const kafka = kafkaSetting.parse({});
  const looks = [120_000, 30_000].map((networkTimeoutMs) =>
    CHECKS.executorHeartbeat.every({ kafka, spark: sparkSetting.parse({ networkTimeoutMs }) }),
  );
  expect(looks).toEqual([60_000, 30_000]);
});

it('acknowledges a record of acks=all in the 2 to 3 ms of the published benchmarks', () => {
  const { median, p99 } = sums((uniform) => [
    draw(DURATIONS.networkOneWay.spread, uniform),
    draw(DURATIONS.produceHandling.spread, uniform),
    // The follower's fetch waits in the leader already; its next one carries the acknowledgement.
    draw(DURATIONS.networkOneWay.spread, uniform),
    draw(DURATIONS.networkOneWay.spread, uniform),
    draw(DURATIONS.fetchHandling.spread, uniform),
    draw(DURATIONS.networkOneWay.spread, uniform),
  ]);
  expect([median, p99]).toEqual(['2.6', '5.6']);
});

it('spends on two entries of a log on S3 the 320 to 440 ms reported for SPARK-39591', () => {
  const entry = (uniform: Uniform) => [
    draw(STORAGE.s3.probe.spread, uniform),
    draw(STORAGE.s3.create.spread, uniform),
    draw(STORAGE.s3.rename.spread, uniform),
  ];
  expect(sums((uniform) => [...entry(uniform), ...entry(uniform)]).median).toBe('385.9');
});

it('spends on a batch without data the 31 ms reported for SPARK-39591 at its best', () => {
  const { best, median } = sums((uniform) => [
    draw(DURATIONS.offsetsFetched.spread, uniform),
    draw(DURATIONS.batchPlanning.spread, uniform),
    draw(DURATIONS.taskLaunch.spread, uniform),
  ]);
  expect([best, median]).toEqual(['27.8', '77.5']);
});

/** The 2nd, 50th and 99th percentile of 100,000 sums of draws. */
function sums(parts: (uniform: Uniform) => readonly number[]) {
  const uniform = streamOf(1, 'sums');
  const all = Array.from({ length: 100_000 }, () =>
    parts(uniform).reduce((sum, part) => sum + part),
  ).sort((a, b) => a - b);
  const [best, median, p99] = [2_000, 50_000, 99_000].map((rank) => all[rank]!.toFixed(1));
  return { best, median, p99 };
}

it('puts a spread into words', () => {
  const spreads: Spread[] = [
    { kind: 'fixed', ms: 5_000 },
    { kind: 'uniform', from: 0, to: 1_125 },
    { kind: 'lognormal', median: 0.4, p95: 1.2 },
    { kind: 'exponential', mean: 20 },
  ];
  expect(spreads.map(spreadText)).toEqual([
    'always 5,000 ms',
    'uniform, 0 to 1,125 ms',
    'lognormal, median 0.4 ms, 95 % below 1.2 ms',
    'exponential, mean 20 ms',
  ]);
});

it('is written down in docs/timing.md (npm run timing writes it anew)', () => {
  const written = readFileSync(new URL('../../docs/timing.md', import.meta.url), 'utf8');
  expect(timingPage().split('\n')).toEqual(written.split('\n'));
});
