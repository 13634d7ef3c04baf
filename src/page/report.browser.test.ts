/** The report in a real browser: what only fonts, a keyboard and paper can tell. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries } from '../../properties/catalogue/index.ts';
import { check, type Results } from '../check/index.ts';
import { readDeployment } from '../config/disk.ts';
import { designRun } from '../report/designs.ts';
import { pack } from '../report/packed.ts';
import { pageOf } from '../report/page.ts';
import { Bench, CHROMIUM } from '../testing/chromium.ts';

let bench: Bench;
let results: Results;

/** Texts of the diagrams that leave their boxes or lie over others, as the browser draws them. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    for (const svg of document.querySelectorAll('.diagram svg')) {
      const texts = [...svg.querySelectorAll<SVGTextElement>('.text text')].map((text) => ({
        told: text.textContent ?? '',
        box: text.getBBox(),
        room: (text.parentElement!.querySelector('rect') as SVGRectElement).getBBox(),
      }));
      for (const [i, { told, box, room }] of texts.entries()) {
        if (box.x < room.x || box.x + box.width > room.x + room.width) faults.push(`cut: ${told}`);
        const over = texts.slice(i + 1).find(({ box: other }) => {
          const across = Math.min(box.x + box.width, other.x + other.width);
          const down = Math.min(box.y + box.height, other.y + other.height);
          // Lines of one text may touch: ascenders and descenders share a pixel or two.
          return across > Math.max(box.x, other.x) && down > Math.max(box.y, other.y) + 4;
        });
        if (over) faults.push(`${told} over ${over.told}`);
      }
    }
    return faults;
  });

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  beforeAll(async () => {
    bench = await Bench.set();
    results = await check(readDeployment(['examples/laptop']), { bounds: 'tiny' });
  });
  afterAll(() => bench?.clear());

  test('on the longest counterexample there is, no text of the diagram is cut or lies over another', async () => {
    const longest = entries.reduce((one, other) => (other.shortest > one.shortest ? other : one));
    const run = designRun(longest)!;
    expect(run.steps.length).toBe(longest.shortest);
    const page = pageOf({ results, designs: pack([run]) });
    const opened = await bench.open(bench.fileOf('longest.html', page));
    await opened.page.locator('#catalogue summary').click();
    await opened.page.getByRole('button', { name: `${longest.id} : how it is caught` }).click();
    await opened.page.locator('.designs .diagram').waitFor();
    expect(await opened.page.locator('.designs .diagram .text.number').count()).toBe(
      longest.shortest,
    );
    expect(await misplaced(opened.page)).toEqual([]);
    expect(opened.trouble).toEqual([]);
    await opened.close();
  });

  test('arrow keys move in the matrix, Enter tells of the cell, and its link leads to the story', async () => {
    const { page, trouble, close } = await bench.open(
      bench.fileOf('keys.html', pageOf({ results })),
    );
    await page.locator('.cell').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowLeft']) {
      await page.keyboard.press(key);
    }
    const place = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.place);
    expect(place).toBe('0 1');
    await page.keyboard.press('Enter');
    const heading = await page.locator('.detail h4').textContent();
    expect(heading).toBe('✗ broken no-acked-loss, brokerCrash=1');
    await page.locator('.detail a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('details.story[open]').first().waitFor();
    expect(trouble).toEqual([]);
    await close();
  });

  test('on paper everything is unfolded, and there is nothing to press', async () => {
    const { page, trouble, close } = await bench.open(
      bench.fileOf('paper.html', pageOf({ results })),
    );
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('button:not(.cell):visible, nav:visible').count()).toBe(0);
    expect(await page.locator('.diagram').count()).toBe(
      await page.locator('details.story').count(),
    );
    expect(await misplaced(page)).toEqual([]);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('details.story[open]').count()).toBe(1);
    expect(trouble).toEqual([]);
    await close();
  });
});
