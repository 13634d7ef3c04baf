/** The page in a real browser: report, explorer and dropped files, opened from a file. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckOptions, check, knownAspect, type Results } from '../check/index.ts';
import { readDeployment } from '../config/disk.ts';
import { memoryFiles, readDeploymentFrom } from '../config/index.ts';
import type { Plain } from '../model/index.ts';
import { pageOf } from '../report/page.ts';
import { readExamples, site } from '../report/site.ts';
import { encodeToken } from '../schedulers/token.ts';
import { violations } from '../testing/axe.ts';
import { Bench, CHROMIUM } from '../testing/chromium.ts';

const tiny: CheckOptions = { bounds: 'tiny', faults: { brokerCrash: 1 }, maxStates: 100_000 };

let bench: Bench;
let results: Results;

/** The run that breaks most slowly: it says most. */
const longest = (of: Results): string =>
  of.cells
    .flatMap(({ counterexample }) => counterexample ?? [])
    .reduce((one, other) => (other.length > one.length ? other : one)).replay;

/** The start of a system that is not searched in a moment. */
function largeStart(): string {
  const aspect = knownAspect('replication');
  const [subject] = aspect.subjectsOf(readDeployment(['examples/production']));
  const faults = { brokerCrash: 2, partition: 1 };
  const { input } = aspect.inputOf(subject!.base, { faults, bounds: 'large', repairs: [] });
  const options = input as unknown as Plain;
  return encodeToken(aspect.system(input), { model: aspect.name, options, moves: [] });
}

/** The verdicts of a check, with the lengths of what breaks. */
const gist = ({ verdict, cells }: Results): unknown[] => [
  verdict,
  ...cells.map((cell) => [
    cell.subjects,
    cell.guarantee,
    cell.faults,
    cell.verdict,
    cell.counterexample?.length ?? null,
    cell.scope.states,
  ]),
];

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** What the explorer shows of every component and claim. */
const seen = (page: Page): Promise<string[]> => page.locator('.card, .claims').allInnerTexts();

/** The address to which the explorer has renamed itself after `moves` of `all` moves. */
async function arrived(page: Page, moves: number, all: number): Promise<string> {
  await page.getByText(`After ${moves} of ${all} move`).waitFor();
  return page.url();
}

/** Sets the page's choices to those of `tiny`, without repairs: what seeks them has tests of its own. */
async function choose(page: Page): Promise<void> {
  await page.getByLabel('Faults').selectOption('brokerCrash');
  await page.getByLabel('Bounds').selectOption('tiny');
  await page.getByLabel('Most states').selectOption('100000');
  await page.getByLabel('Seek repairs').uncheck();
}

/** The results that the page offers to save, once they are there. */
async function saved(page: Page): Promise<Results> {
  const download = page.waitForEvent('download', { timeout: 100_000 });
  await page.getByRole('link', { name: 'Save results.json' }).click({ timeout: 100_000 });
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Results;
}

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  beforeAll(async () => {
    bench = await Bench.set();
    results = await check(readDeployment(['examples/laptop']), tiny);
  });
  afterAll(() => bench?.clear());

  test('a report opens from a file without a complaint or a request', async () => {
    const { page, trouble, close } = await bench.open(
      bench.fileOf('report.html', pageOf({ results })),
    );
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.title()).toBe('laptop: it does not hold');
    expect(trouble).toEqual([]);
    await close();
  });

  test('the explorer steps, goes back and another way; a link leads to the same state', async () => {
    const address = bench.fileOf('explore.html', pageOf({ results }));
    const { page, trouble, close } = await bench.open(`${address}#${longest(results)}@0`);
    await page.getByText('After 0 of').waitFor();
    const start = await seen(page);
    await page
      .getByRole('button', { name: /^The producer sends record 0/ })
      .last()
      .click();
    await arrived(page, 1, 1);
    await page.locator('.moves.by-fault button').first().click();
    const link = await arrived(page, 2, 2);
    const state = await seen(page);
    expect(state).not.toEqual(start);
    await press(page, '← Back');
    await arrived(page, 1, 2);
    await press(page, 'To the start');
    const there = await arrived(page, 0, 2);
    expect(await seen(page)).toEqual(start);
    const other = await bench.open(link);
    await arrived(other.page, 2, 2);
    expect(await seen(other.page)).toEqual(state);
    // The same page, by its address bar: the start, with the run to come.
    await other.page.goto(there);
    await arrived(other.page, 0, 2);
    expect(await seen(other.page)).toEqual(start);
    expect([...trouble, ...other.trouble]).toEqual([]);
    await close();
    await other.close();
  });

  test('by keyboard alone: a move is taken and the focus stands before the next', async () => {
    const address = bench.fileOf('keys.html', pageOf({ results }));
    const { page, close } = await bench.open(`${address}#${longest(results)}@0`);
    await page.getByText('After 0 of').waitFor();
    await page.locator('#next-heading').focus();
    await page.keyboard.press('Tab');
    const chosen = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Enter');
    await arrived(page, 1, 1);
    expect(await page.locator('.run [aria-current="step"]').textContent()).toBe(chosen);
    await page.waitForFunction(() => document.activeElement?.id === 'next-heading');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Back to the report' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.explorer').waitFor({ state: 'detached' });
    await close();
  });

  test('what a search finds is played', async () => {
    const address = bench.fileOf('search.html', pageOf({ results }));
    const { page, trouble, close } = await bench.open(`${address}#${longest(results)}@0`);
    await page.getByText('After 0 of').waitFor();
    await page.getByLabel('Find the shortest way to').selectOption('acknowledgedRecordsSurvive');
    await press(page, 'Search');
    await page.getByText('acknowledgedRecordsSurvive: 2 moves from the start').waitFor();
    await press(page, 'Play');
    await arrived(page, 2, 2);
    expect(await page.locator('.claims .bad strong').first().textContent()).toBe(
      'acknowledgedRecordsSurvive',
    );
    expect(trouble).toEqual([]);
    await close();
  });

  test('while a long search runs the explorer steps, and the search can be stopped', async () => {
    const address = bench.fileOf('long.html', pageOf({ results }));
    const { page, trouble, close } = await bench.open(`${address}#${largeStart()}`);
    await page.getByText('After 0 of 0').waitFor();
    await page.getByLabel('Find the shortest way to').selectOption('oneLeaderPerEpoch');
    await page.getByLabel('Among at most').selectOption('5000000');
    await press(page, 'Search');
    await page.getByText(/^Searching: [1-9]/).waitFor();
    await page.locator('.moves.by-client button').first().click();
    await arrived(page, 1, 1);
    await page.getByText(/^Searching: /).waitFor();
    await press(page, 'Stop');
    await page.getByText('The search was stopped.').waitFor();
    expect(trouble).toEqual([]);
    await close();
  });

  test('a link that is damaged says so in a sentence', async () => {
    const address = bench.fileOf('damaged.html', pageOf({ results }));
    const { page, trouble, close } = await bench.open(
      `${address}#hf1-<img src=x onerror=alert(1)>`,
    );
    expect(await page.getByRole('alert').textContent()).toBe(
      'The replay token is damaged: its checksum is wrong. Copy it again, whole.',
    );
    expect(trouble).toEqual([]);
    await close();
  });

  test('a hostile configuration runs no script, dropped or reported', async () => {
    const evil = '<img src=x onerror="hit=1"></script><script>hit=1</script>';
    const files = {
      'd/holdfast.yaml': `name: ${JSON.stringify(evil)}\nkafka: { version: "4.1", brokers: 1 }\n`,
      'd/server.properties': `process.roles=broker,controller\nbroker.rack=${evil}\n`,
      'd/x.topic.properties': `topic=${'t'.repeat(100)}\nreplication.factor=1\n`,
    };
    const deployment = readDeploymentFrom(memoryFiles(files), ['d']);
    const reported = await check(deployment, { ...tiny, faults: { lostMessage: 1 } });
    expect(reported.deployment.name).toBe(evil);
    const report = await bench.open(bench.fileOf('evil.html', pageOf({ results: reported })));
    await report.page.getByText(evil).first().waitFor();
    const { page, trouble, close } = await bench.open(bench.fileOf('drop-evil.html', site()));
    await page.getByText('Paste a file').click();
    await page.getByLabel('Its name').fill(`${evil}.yaml`);
    await page.getByLabel('Its text').fill(`<script>hit=1</script>: ${evil}`);
    await press(page, 'Add it');
    await page.getByRole('button', { name: /^Check 1 file/ }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/^<img src=x onerror=/);
    const isHit = (of: Page): Promise<boolean> => of.evaluate(() => 'hit' in globalThis);
    expect([await isHit(report.page), await isHit(page)]).toEqual([false, false]);
    expect([...report.trouble, ...trouble]).toEqual([]);
    await Promise.all([report.close(), close()]);
  });

  test.each(readExamples().folders.map(({ name }) => name))(
    'the dropped files of examples/%s are judged as on the command line',
    async (name) => {
      const { page, trouble, close } = await bench.open(bench.fileOf(`${name}.html`, site()));
      await page.getByLabel('Choose a folder').setInputFiles('examples');
      await page.getByLabel('The folder to check').selectOption(`examples/${name}`);
      await choose(page);
      await page.getByRole('button', { name: /^Check \d+ files/ }).click();
      const there = saved(page);
      const here = await check(readDeployment([`examples/${name}`]), tiny);
      expect(gist(await there)).toEqual(gist(here));
      expect(trouble).toEqual([]);
      await close();
    },
  );

  test('a check that is stopped shows what it has, undecided', async () => {
    const { page, trouble, close } = await bench.open(bench.fileOf('stop.html', site()));
    await page.getByLabel('Bounds').selectOption('large');
    await page.getByRole('button', { name: 'production' }).click();
    await page.getByText(/ explorations done/).waitFor();
    await press(page, 'Stop');
    expect((await saved(page)).verdict).toBe('undecided');
    expect(trouble).toEqual([]);
    await close();
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'axe-core finds nothing, %s, %i wide, and nothing is cut',
    async (colorScheme, width) => {
      const options = { colorScheme, viewport: { width, height: 844 } };
      const report = bench.fileOf('axe-report.html', pageOf({ results }));
      const addresses = [
        report,
        `${report}#${longest(results)}@3`,
        bench.fileOf('axe.html', site()),
      ];
      for (const address of addresses) {
        const { page, close } = await bench.open(address, options);
        await page.locator('h1:visible').waitFor();
        if (address.includes('#')) await page.getByText('After 3 of').waitFor();
        expect([address.split('/').at(-1)?.slice(0, 20), await violations(page)]).toEqual([
          address.split('/').at(-1)?.slice(0, 20),
          [],
        ]);
        const cut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(cut).toBeLessThanOrEqual(0);
        await close();
      }
    },
  );
});
