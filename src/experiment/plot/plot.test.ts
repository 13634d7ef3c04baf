/** Figures: the same bytes for the same data, well-formed, and nothing in them that acts or loads. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { madeUpRows, madeUpSamples } from '../fixtures/rows.ts';
import { type Experiment, experimentTold } from '../tell.ts';
import { bandPlot, phasePlot, sensitivityPlot, timelinePlot } from './index.ts';
import { BLUE, GREEN, PURPLE, VERMILION } from './palette.ts';

const losses = madeUpRows({ grid: { acks: ['0', '1', 'all'], minInsyncReplicas: [1, 2] } });
const experiment: Experiment = {
  title: 'Made up',
  command: 'holdfast experiment paper',
  rows: madeUpRows({
    grid: { workers: [3, 7], replicationFactor: [2, 3], triggerSeconds: [10, 60] },
  }),
  losses: {
    rows: losses.filter(({ fault }) => fault === 'Network partition'),
    ...{ x: 'acks', series: 'minInsyncReplicas' },
  },
  runs: [
    {
      title: 'One run',
      command: 'holdfast simulate',
      samples: madeUpSamples(),
      faults: [{ from: 60, to: 90, says: 'A leader is gone' }],
    },
  ],
};
const { figures } = await experimentTold(experiment);

/** The texts of a figure, in order. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) =>
    text!.replaceAll(/<[^>]*>/g, ''),
  );

const troubles = async (svg: string): Promise<string[]> => {
  const xml = { fileName: 'figure.svg', contents: svg };
  const { errors } = await validateXML({ xml: [xml], normalization: 'c14n' });
  return errors.map(({ message }) => message);
};

test('every figure is well-formed, has a title and a description, and is a picture to a reader', async () => {
  for (const { svg, title } of figures) {
    expect(await troubles(svg)).toEqual([]);
    expect(svg).toMatch(
      /^<svg viewBox="0 0 640 \d+" width="640" [^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg">/,
    );
    expect(/role="img" aria-label="([^"]*)"/.exec(svg)?.[1]).toBe(title);
    expect(/<title>([^<]*)<\/title><desc>[^<]{20,}<\/desc>/.exec(svg)?.[1]).toBe(title);
  }
});

test('what is not well-formed is found, so that the test above can tell', async () => {
  expect((await troubles('<svg><g></svg>')).length).toBeGreaterThan(0);
});

test('every axis says what it measures, with its unit', () => {
  const axes = [
    ['acks', 'acknowledged and lost (messages)'],
    ['Spark workers', 'recovery time (s)'],
    ['replication factor', 'throughput (messages/s)'],
    ['mean time (s)'],
    ['mean time (s)'],
    ['checkpoint interval (s)', 'time in batches (%)', 'median latency (s)', 'recovery time (s)'],
    ['latency (ms)'],
    ['share of the variance of the recovery time (%)'],
    ['time (s)', 'messages a second', 'messages that wait', 'partitions'],
  ];
  const missing = figures.map(({ svg }, i) => {
    const texts = textsOf(svg);
    return axes[i]!.filter((axis) => !texts.includes(axis));
  });
  expect(missing).toEqual(axes.map(() => []));
});

test('the same rows give the same bytes, in this process and in another', async () => {
  expect((await experimentTold(experiment)).figures).toEqual(figures);
  const rows = [...experiment.rows].reverse();
  expect((await experimentTold({ ...experiment, rows })).figures).toEqual(figures);
  const script = `
    import { madeUpSamples } from './src/experiment/fixtures/rows.ts';
    import { timelineFigure } from './src/experiment/figures/index.ts';
    const run = ${JSON.stringify({ ...experiment.runs![0], samples: [] })};
    process.stdout.write(timelineFigure({ ...run, samples: madeUpSamples() }).svg);`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, node, { encoding: 'utf8' })).toBe(figures.at(-1)!.svg);
});

test('nothing in a figure acts, loads, styles or has an id', () => {
  const found = figures.flatMap(({ svg }) => [
    ...svg.matchAll(
      /<(?:script|style|image|use|a|foreignObject)\b|\b(?:id|style|href|on\w+)=|url\(/g,
    ),
  ]);
  expect(found).toEqual([]);
});

const HOSTILE = '</text><script>alert(1)</script>" onload="x" &amp; ]]> \u0000\u001b\ud800';

test('hostile names stay text in every figure, and what XML cannot write is replaced', async () => {
  const rows = madeUpRows({ grid: { workers: [3, HOSTILE] }, faults: [HOSTILE, `${HOSTILE} 2`] });
  const point = { panel: HOSTILE, series: HOSTILE, x: HOSTILE, mean: 1, low: 0, high: 2 };
  const same = { title: HOSTILE, about: HOSTILE, x: HOSTILE };
  const drawn = [
    bandPlot({ ...same, y: HOSTILE, points: [point] }),
    phasePlot({ ...same, bars: [{ panel: HOSTILE, bar: HOSTILE, phases: { detect: 1 } }] }),
    sensitivityPlot({
      ...same,
      panels: [{ head: HOSTILE, bars: [{ says: HOSTILE, share: 0.5, note: HOSTILE }] }],
    }),
    timelinePlot({
      ...same,
      samples: madeUpSamples(),
      faults: [{ from: 1, to: 2, says: HOSTILE }],
    }),
    ...(await experimentTold({ ...experiment, rows })).figures.map(({ svg }) => svg),
  ];
  for (const svg of drawn) {
    expect(await troubles(svg)).toEqual([]);
    expect(svg).not.toMatch(/<script/);
    expect(svg.replaceAll(/="[^"]*"|>[^<]*</g, '')).not.toMatch(/onload/);
  }
});

test('names that differ only where they are cut stay rows of their own', () => {
  const begin = 'a name that is long enough to be cut ';
  const bars = ['one', 'two'].map((end) => ({
    panel: '',
    bar: begin + end,
    phases: { detect: 1 },
  }));
  const svg = phasePlot({ title: '', about: '', x: '', bars });
  expect(textsOf(svg).filter((text) => text === 'a name that is long enough …').length).toBe(2);
  const heights = [...svg.matchAll(/<rect x="[^"]*" width="[^"]*" y="([^"]*)"/g)].map(([, y]) => y);
  expect([heights.length, new Set(heights).size]).toEqual([2, 2]);
});

test('a figure without values is drawn all the same', async () => {
  const none = experiment.rows.map((row) => ({
    ...row,
    result: { ...row.result, recovered: false, writes: null, output: null },
  }));
  for (const { svg } of (await experimentTold({ ...experiment, rows: none })).figures) {
    expect(await troubles(svg)).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});

/** Contrast of two colours, as WCAG 2 has it. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

test('every colour stands out three to one, on paper and on the dark page', () => {
  const faint = [BLUE, VERMILION, GREEN, PURPLE].filter((color) =>
    ['#fdfdfb', '#15171a'].some((ground) => contrast(color, ground) < 3),
  );
  expect(faint).toEqual([]);
  expect(contrast('#000000', '#ffffff')).toBe(21);
});
