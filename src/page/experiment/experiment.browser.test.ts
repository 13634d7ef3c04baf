/** Experiments in a real browser: fonts, colours, paper, files, and texts that mean harm. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeUpRows, madeUpSamples } from '../../experiment/fixtures/rows.ts';
import { experimentTold } from '../../experiment/tell.ts';
import type { ExperimentTold } from '../../experiment/told.ts';
import { pageOf } from '../../report/page.ts';
import { violations } from '../../testing/axe.ts';
import { Bench, CHROMIUM } from '../../testing/chromium.ts';

const HOSTILE = '</script><img src=x onerror="document.title=1"> & "quoted"';

let bench: Bench;
let experiment: ExperimentTold;
let address: string;

/** Texts of the figures that leave them, or lie over one another, as the browser draws them. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    for (const svg of document.querySelectorAll<SVGSVGElement>('.plot svg')) {
      const room = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].map((text) => ({
        told: text.textContent ?? '',
        box: text.getBoundingClientRect(),
      }));
      for (const [i, { told, box }] of texts.entries()) {
        if (box.left < room.left || box.right > room.right) faults.push(`cut: ${told}`);
        if (box.top < room.top || box.bottom > room.bottom) faults.push(`cut: ${told}`);
        const over = texts.slice(i + 1).find(({ box: other }) => {
          const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          // A line's box is taller than its letters.
          return across > 0 && down > 4;
        });
        if (over) faults.push(`${told} over ${over.told}`);
      }
    }
    return faults;
  });

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  beforeAll(async () => {
    bench = await Bench.set();
    const losses = madeUpRows({ grid: { acks: ['0', '1', 'all'], minInsyncReplicas: [1, 2] } });
    experiment = await experimentTold({
      title: 'The grid',
      command: 'holdfast experiment paper --seeds 2',
      rows: madeUpRows(),
      losses: {
        rows: losses.filter(({ fault }) => fault === 'Network partition'),
        ...{ x: 'acks', series: 'minInsyncReplicas' },
      },
      runs: [
        {
          title: 'A leader is killed',
          command: 'holdfast simulate --seed 1',
          samples: madeUpSamples(),
          faults: [{ from: 60, to: 90, says: 'Down' }],
        },
      ],
    });
    address = bench.fileOf('experiment.html', pageOf({ results: null, experiment }));
  });
  afterAll(() => bench?.clear());

  test('no text of a figure is cut or lies over another, and every one can be read', async () => {
    const { page, trouble, close } = await bench.open(address);
    await page.locator('.plot svg').last().waitFor();
    expect(await page.locator('.plot svg').count()).toBe(experiment.figures.length);
    expect(await misplaced(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`nothing is against the rules of accessibility where the page is ${colorScheme}`, async () => {
      const { page, trouble, close } = await bench.open(address, { colorScheme });
      await page.locator('.plot svg').last().waitFor();
      expect(await violations(page)).toEqual([]);
      const colors = await page.evaluate(() =>
        [document.body, document.querySelector('.plot text')!].map(
          (element) => getComputedStyle(element)[element === document.body ? 'color' : 'fill'],
        ),
      );
      expect(colors[1]).toBe(colors[0]);
      expect(trouble).toEqual([]);
      await close();
    });
  }

  test('the numbers of a figure are saved as a file, from a page that was opened from one', async () => {
    const { page, trouble, close } = await bench.open(address);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).nth(1).click();
    const file = await download;
    const { title, csv } = experiment.figures[1]!;
    expect(title).toBe('Recovery time by number of workers (the paper’s figure 2)');
    expect(file.suggestedFilename()).toBe(
      'recovery-time-by-number-of-workers-the-paper-s-figure-2.csv',
    );
    expect(readFileSync(await file.path(), 'utf8')).toBe(csv);
    expect(trouble).toEqual([]);
    await close();
  });

  test('each figure has the command that repeats it, a run its own', async () => {
    const { page, close } = await bench.open(address);
    const commands = await page.locator('.plot .command code').allTextContents();
    expect(commands).toEqual([
      ...Array<string>(experiment.figures.length - 1).fill('holdfast experiment paper --seeds 2'),
      'holdfast simulate --seed 1',
    ]);
    await close();
  });

  test('on paper no figure is wider than the page or torn by its end, and there is nothing to press', async () => {
    const { page, trouble, close } = await bench.open(address, {
      viewport: { width: 700, height: 990 },
    });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('#experiments button:visible').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Download CSV' }).first().isVisible()).toBe(false);
    const widest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('.plot svg')].map((svg) => svg.clientWidth)),
    );
    expect(widest).toBeLessThanOrEqual(700);
    expect(trouble).toEqual([]);
    await close();
  });

  test('texts that mean harm are shown as they are, in words and in figures', async () => {
    const rows = madeUpRows({
      grid: { workers: [3, 5], [HOSTILE]: [HOSTILE, 'b'] },
      faults: [HOSTILE],
    });
    const told = await experimentTold({ title: HOSTILE, command: HOSTILE, rows });
    const html = pageOf({ results: null, experiment: told });
    const { page, trouble, close } = await bench.open(bench.fileOf('hostile.html', html));
    await page.locator('.plot svg').last().waitFor();
    expect(await page.title()).toBe(HOSTILE);
    expect(await page.locator('#experiments img, #experiments script, .plot image').count()).toBe(
      0,
    );
    expect(await page.locator('#experiments > p').first().textContent()).toBe(
      `${HOSTILE}. This repeats it, to the byte:`,
    );
    expect(trouble).toEqual([]);
    await close();
  });

  test('of a drawing that would act or load, shapes and texts are left', async () => {
    const evil = `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1">
      <script>document.title=1</script><image href="http://localhost/x"/>
      <a href="javascript:document.title=1"><text>link</text></a>
      <rect width="9" height="9" fill="url(http://localhost/y)" style="fill:red"/><text>kept</text></svg>`;
    const told = { ...experiment, figures: [{ title: 'Evil', caption: '', svg: evil, csv: '' }] };
    const html = pageOf({ results: null, experiment: told });
    const { page, trouble, close } = await bench.open(bench.fileOf('evil.html', html));
    await page.locator('.plot svg').waitFor();
    expect((await page.locator('.plot svg').innerHTML()).trim().split(/\s{2,}/)).toEqual([
      '<rect width="9" height="9"></rect><text>kept</text>',
    ]);
    expect(await page.title()).toBe('The grid');
    // The policy says of both attributes, as they are read, that it keeps them from doing anything.
    expect(trouble.map((text) => /violates .*? '([\w-]+)/.exec(text)?.[1])).toEqual([
      'script-src',
      'style-src',
    ]);
    await close();
  });

  test('on a narrow page figures scroll in boxes of their own', async () => {
    const { page, trouble, close } = await bench.open(address, {
      viewport: { width: 400, height: 800 },
    });
    await page.locator('.plot svg').last().waitFor();
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(client);
    expect(trouble).toEqual([]);
    await close();
  });
});
