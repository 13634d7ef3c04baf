/** Whole reports, as they are printed; the texts in fixtures/ are there to be read. */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { topicOf } from '../check/fixtures/deployment.ts';
import { type CheckOptions, check, type Results } from '../check/index.ts';
import { readDeployment } from '../config/disk.ts';
import type { Deployment } from '../config/index.ts';
import { markdownSummary } from './markdown.ts';
import { repairLines } from './repair.ts';
import { terminalReport } from './terminal.ts';
import { WIDTH } from './text.ts';

const ALL = ['KF-1', 'KF-2', 'KF-3', 'KF-4'];

const resultsOf = (deployment: Deployment, options: CheckOptions): Promise<Results> =>
  check(deployment, { bounds: 'tiny', ...options });

/** The report with what differs from run to run masked. */
const masked = (text: string): string => text.replace(/Took [\d.]+ s/, 'Took N s');

const tooWide = (text: string): string[] =>
  text.split('\n').filter((line) => line.length > WIDTH && !line.includes('holdfast replay'));

async function expectReport(
  name: string,
  deployment: Deployment,
  options: CheckOptions,
  shown: { all?: boolean } = {},
): Promise<void> {
  const text = masked(terminalReport(await resultsOf(deployment, options), shown));
  await expect(text).toMatchFileSnapshot(`fixtures/${name}.txt`);
  expect(tooWide(text)).toEqual([]);
}

test('a laptop: what is required and broken is argued, the rest is one line', async () => {
  await expectReport('laptop', readDeployment(['examples/laptop']), { accept: ALL });
});

test('with --all every broken cell is argued', async () => {
  const options = { accept: ALL, faults: { brokerCrash: 1 } };
  await expectReport('all', topicOf({ minInsyncReplicas: 3 }), options, { all: true });
});

test('what only findings about Kafka itself break is marked, and told once', async () => {
  const options = { bounds: 'small', faults: { brokerCrash: 1 } } as const;
  await expectReport('findings', topicOf({}), options);
});

test('a limit: undecided, with what was seen and what to do', async () => {
  const options = { accept: ALL, faults: { brokerCrash: 2 }, maxStates: 2000 };
  await expectReport('undecided', topicOf({ acks: '1' }), options);
});

test('two kinds of topics have a matrix each, and rows that are not required are marked', async () => {
  const topic = topicOf({ replicas: 1, minInsyncReplicas: 1, more: 'survive: { partition: 1 }' });
  const flushed = { ...topic.topics[0]!, name: 'audit', flushEveryMessage: true };
  const both = { ...topic, topics: [...topic.topics, flushed] };
  await expectReport('two-kinds', both, { accept: ALL });
});

test('what is assumed and not borne out is said of what is undecided for it', async () => {
  const deployment = readDeployment(['examples/s3-checkpoint']);
  const topics = deployment.topics.filter(({ internal }) => !internal);
  const options = { faults: { secondDriver: 1 }, require: ['end-to-end-exactly-once'] };
  await expectReport('assumption', { ...deployment, topics }, options);
  const summary = markdownSummary(await resultsOf({ ...deployment, topics }, options));
  const said = summary.split('\n').filter((line) => line.startsWith('- **end-to-end'));
  expect(said).toEqual([
    '- **end-to-end-exactly-once**, payments, end to end (pipeline): ' +
      'Assumes committedRecordsReachTheSink, which the query part does not bear out. ' +
      'Assumes noRecordIsInTheSinkTwice, which the query part does not bear out. ' +
      'Assumes theSinkShowsWholeBatches, which the query part does not bear out.',
  ]);
});

test('what is added to a file at one place is shown as it is written', () => {
  const [file, before] = ['compose.yaml', null];
  const lines = repairLines({
    changes: [
      {
        subject: 'cluster',
        key: 'storage',
        from: 'ephemeral',
        to: 'persistent',
        effort: 'reassignment',
        price: 'A volume.',
        origin: { file, line: 2 },
      },
    ],
    edits: [
      { file, line: 2, before, after: '    volumes:' },
      { file, line: 2, before, after: '      - broker-data:/var/lib/kafka/data' },
      { file, line: 9, before, after: '  broker-data:' },
    ],
    byHand: [],
    givesUp: [],
    assuming: [],
    tried: 1,
    says: 'Checked again.',
  });
  expect(lines).toEqual([
    '    storage ephemeral -> persistent (cluster; compose.yaml:2)',
    '      compose.yaml, after line 2:',
    '            volumes:',
    '              - broker-data:/var/lib/kafka/data',
    '      compose.yaml, after line 9: broker-data:',
    '      By moving data or adding machines: A volume.',
    '      Checked again.',
  ]);
});

test('colours repeat words: without them the same text is left', async () => {
  const results = await resultsOf(readDeployment(['examples/laptop']), { accept: ALL });
  const plain = terminalReport(results);
  const coloured = terminalReport(results, { color: true });
  expect(coloured).not.toBe(plain);
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

test('the report is made of results.json alone', async () => {
  const results = await resultsOf(readDeployment(['examples/laptop']), { accept: ALL });
  const read = JSON.parse(JSON.stringify(results)) as Results;
  expect(terminalReport(read)).toBe(terminalReport(results));
  const sources = ['terminal', 'matrix', 'argument', 'settings', 'findings', 'text', 'style'];
  const named = sources.filter((name) =>
    /kafka/i.test(
      readFileSync(`src/report/${name}.ts`, 'utf8').replaceAll(/kafkaVersion|\(Kafka /g, ''),
    ),
  );
  expect(named).toEqual([]);
});
