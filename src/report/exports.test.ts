/** What other programs are given: exact files, read once and compared, valid by their schemas. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { type Cell, check, knownAspect, type Results, replayToken } from '../check/index.ts';
import { diskFiles, readDeployment } from '../config/disk.ts';
import { editsFor } from '../config/index.ts';
import { stateName } from '../schedulers/replay.ts';
import { brokenCells } from './argument.ts';
import { itfTrace, itfValue } from './itf.ts';
import { junitReport } from './junit.ts';
import { markdownSummary } from './markdown.ts';
import { mermaidDiagram } from './mermaid.ts';
import { sarifLog } from './sarif.ts';
import { settingsBehind } from './settings-behind.ts';
import { testFile } from './test-file.ts';

const ALL = ['KF-1', 'KF-2', 'KF-3', 'KF-4'];

/** Without what differs from run to run. */
const still = (results: Results): Results => ({ ...results, run: { seconds: 1.5, workers: 0 } });

const fixture = (name: string): string => readFileSync(`src/report/fixtures/${name}`, 'utf8');

let laptop: Results;
let undecided: Results;
/** The producer's file decides, and the repair is a changed line of it. */
let acksOne: Results;
beforeAll(async () => {
  const options = { bounds: 'tiny', accept: ALL } as const;
  const deployment = readDeployment(['examples/laptop']);
  laptop = still(await check(deployment, { ...options, faults: { diskLoss: 1 } }));
  const limits = { faults: { partition: 1, diskLoss: 1 }, maxStates: 4 };
  const paths = ['examples/acks-one'];
  const mended = readDeployment(paths);
  acksOne = still(
    await check(
      mended,
      { ...options, faults: { brokerCrash: 1 }, repair: true },
      { edit: (wanted) => editsFor(diskFiles, paths, mended, wanted) },
    ),
  );
  undecided = still(await check(deployment, { ...options, ...limits }));
}, 60_000);

const firstBroken = (): ReturnType<typeof brokenCells>[number] => brokenCells(laptop)[0]!;

const BELL = String.fromCharCode(7);

/** The results, named by somebody who means no good. */
function hostile(results: Results): Results {
  const name = `a"]]><script>alert(1)</script>|\`*${BELL}#; --> end`;
  const text = JSON.stringify(results).replaceAll('(broker defaults)', () => 'EVIL');
  const renamed = JSON.parse(text) as Results;
  const evil = (cell: Cell): Cell => ({
    ...cell,
    subjects: cell.subjects.map((subject) => (subject === 'EVIL' ? name : subject)),
  });
  return {
    ...renamed,
    deployment: { ...renamed.deployment, name, files: ['a b/#1%.yaml'] },
    cells: renamed.cells.map(evil),
  };
}

// ----- JUnit ---------------------------------------------------------------------------------

const xsd = { fileName: 'junit-10.xsd', contents: fixture('junit-10.xsd') };

async function junitErrors(results: Results): Promise<string[]> {
  const xml = { fileName: 'junit.xml', contents: junitReport(results) };
  return (await validateXML({ xml: [xml], schema: [xsd] })).errors.map(({ message }) => message);
}

test('JUnit: a required cell that is broken is a failure with its course of events', async () => {
  await expect(junitReport(laptop)).toMatchFileSnapshot('fixtures/laptop.junit.xml');
});

test('JUnit: a required cell that is undecided is an error, and none passes', async () => {
  const seen = [laptop, undecided].flatMap((results) => {
    const cases = junitReport(results).split('<testcase ').slice(1);
    const outcomes = cases.map((text) => /<(failure|error|skipped) /.exec(text)?.[1] ?? 'passed');
    return results.cells.map(
      ({ required, verdict }, i) => `${required ? '' : 'not '}required ${verdict}: ${outcomes[i]}`,
    );
  });
  expect([...new Set(seen)].sort()).toEqual([
    'not required broken: skipped',
    'not required holds: passed',
    'not required undecided: skipped',
    'required broken: failure',
    'required holds: passed',
    'required undecided: error',
  ]);
});

test('JUnit: the XML is what CI systems read, whatever the topics are called', async () => {
  expect(await junitErrors(laptop)).toEqual([]);
  expect(await junitErrors(undecided)).toEqual([]);
  expect(await junitErrors(hostile(laptop))).toEqual([]);
});

// ----- SARIF ---------------------------------------------------------------------------------

/** The schema is of draft 4: of what it uses only the name of `$id` has changed since. */
const { $schema: _, id: _id, ...sarifSchema } = JSON.parse(fixture('sarif-schema-2.1.0.json'));
const ajv = new Ajv({ strict: false });
formats.default(ajv);
const isSarif = ajv.compile(sarifSchema);

const sarifErrors = (results: Results): unknown =>
  isSarif(JSON.parse(JSON.stringify(sarifLog(results)))) ? [] : isSarif.errors;

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

test('SARIF: a result for each broken cell, on a line of configuration', async () => {
  await expect(text(sarifLog(laptop))).toMatchFileSnapshot('fixtures/laptop.sarif');
});

test('SARIF: a repair is a fix of its line, and the result stands there', () => {
  const log = JSON.parse(JSON.stringify(sarifLog(acksOne)));
  const [{ locations, relatedLocations, fixes }] = log.runs[0].results;
  const artifactLocation = {
    uri: 'examples/acks-one/producer.properties',
    uriBaseId: '%SRCROOT%',
  };
  expect([locations, relatedLocations, fixes]).toEqual([
    [{ physicalLocation: { artifactLocation, region: { startLine: 5 } } }],
    undefined,
    [
      {
        description: { text: acksOne.cells[0]!.repair!.says },
        artifactChanges: [
          {
            artifactLocation,
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 7 },
                insertedContent: { text: 'acks=all' },
              },
            ],
          },
        ],
      },
    ],
  ]);
});

test('SARIF: the log is valid by its schema, whatever the files are called', () => {
  expect(sarifErrors(laptop)).toEqual([]);
  expect(sarifErrors(acksOne)).toEqual([]);
  expect(sarifErrors(undecided)).toEqual([]);
  expect(sarifErrors(hostile(laptop))).toEqual([]);
});

/** Where a report about `guarantee` would point to, and what stands there. */
function pointed(example: string, guarantee: string): string {
  const deployment = readDeployment([`examples/${example}`]);
  const aspect = 'replication';
  const subjects = knownAspect(aspect)
    .subjectsOf(deployment)
    .map((subject) => ({ ...subject, aspect, settings: [...subject.settings] }));
  const cell = { aspect, subjects: [subjects[0]!.name], guarantee };
  const about = { name: deployment.name, files: [...deployment.files], subjects };
  const { file, line } = settingsBehind(cell, { deployment: about }).main;
  return `${file}:${line}: ${readFileSync(file, 'utf8').split('\n')[line - 1]!.trim()}`;
}

test('SARIF: without a repair the line is that of the setting that could be safer', () => {
  expect(pointed('acks-one', 'no-acked-loss')).toBe(
    'examples/acks-one/producer.properties:5: acks=1',
  );
  expect(pointed('unclean', 'no-acked-loss')).toBe(
    'examples/unclean/holdfast.yaml:19: unclean.leader.election.enable: true',
  );
  expect(pointed('strimzi-ephemeral', 'no-acked-loss')).toBe(
    'examples/strimzi-ephemeral/kafka.yaml:33: min.insync.replicas: 1',
  );
});

// ----- Markdown ------------------------------------------------------------------------------

test('Markdown: what is unexpected first, folded; then the tables', async () => {
  await expect(markdownSummary(laptop)).toMatchFileSnapshot('fixtures/laptop.summary.md');
  await expect(markdownSummary(undecided)).toMatchFileSnapshot('fixtures/undecided.summary.md');
  await expect(markdownSummary(acksOne)).toMatchFileSnapshot('fixtures/acks-one.summary.md');
});

test('Markdown: names are shown, never run', () => {
  const summary = markdownSummary(hostile(laptop));
  expect([summary.includes('<script'), summary.includes(BELL)]).toEqual([false, false]);
  expect(summary.split('\n')[0]).toBe(
    '## Holdfast: a"\\]\\]&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\|\\`\\* \\#; --&gt; end (Kafka 4.1.0)',
  );
});

// ----- Mermaid -------------------------------------------------------------------------------

test('Mermaid: a lane a component, a note a step, crossed arrows for what never arrived', async () => {
  const { steps, components, because } = firstBroken().counterexample;
  const diagram = mermaidDiagram({ steps, components, because });
  await expect(diagram).toMatchFileSnapshot('fixtures/laptop.mmd');
});

test('Mermaid: what would end a statement is written as an entity', () => {
  const step = {
    says: ['b1 fails; #1 of <2>.'],
    stimulus: { component: 'a;b', class: 'protocol' as const },
    messages: [{ type: 'X', from: 'a;b', to: 'c', payload: { n: 1 }, fate: 'queued' as const }],
  };
  expect(mermaidDiagram({ steps: [step] })).toBe(
    [
      'sequenceDiagram',
      '  participant L1 as a#59;b',
      '  participant L2 as c',
      '  Note over L1,L2: 1. b1 fails#59; #35;1 of #60;2#62;.',
      '  L1-)L2: X n=1 (queued)',
      '',
    ].join('\n'),
  );
});

// ----- ITF -----------------------------------------------------------------------------------

test('ITF: every state is whole, and the last is where the replay ends', async () => {
  const run = replayToken(firstBroken().counterexample.replay);
  const itf = itfTrace(run.trace, run.settings);
  await expect(text(itf)).toMatchFileSnapshot('fixtures/laptop.itf.json');
  const last = itf.states.at(-1)!;
  const ended = Object.entries(run.trace.end).map(([name, { value, context }]) => [
    name.replace(':', '_'),
    { state: stateName(value), data: itfValue(context) },
  ]);
  const { '#meta': meta, move: _move, faultBudget: _budget, ...components } = last;
  expect([meta, components]).toEqual([
    { index: run.trace.steps.length },
    Object.fromEntries(ended),
  ]);
  for (const state of itf.states) {
    expect(Object.keys(state)).toEqual(['#meta', ...itf.vars]);
  }
});

test('ITF: integers are texts, null is named, records keep their fields', () => {
  expect(itfValue({ a: [1, -2, null], b: { c: true, d: 'x' }, e: 0.5 })).toEqual({
    a: [{ '#bigint': '1' }, { '#bigint': '-2' }, { '#unserializable': 'null' }],
    b: { c: true, d: 'x' },
    e: { '#unserializable': '0.5' },
  });
});

// ----- Vitest --------------------------------------------------------------------------------

test('Vitest: the moves again, and the files as they stand', async () => {
  const { counterexample, guarantee, aspect, subjects, faults } = firstBroken();
  const run = replayToken(counterexample.replay);
  const claim = run.claims.find(({ name }) => name === counterexample.claim)!;
  const { bounds, accept } = laptop.options;
  const files = laptop.deployment.files;
  const written = testFile({
    token: counterexample.replay,
    run,
    claim,
    because: counterexample.because,
    asked: { guarantee, aspect, subjects, faults, bounds, accept, files },
  });
  await expect(written).toMatchFileSnapshot('fixtures/laptop.test.txt');
});
