/** Map and frontiers in a real browser: stepped into by keys, a cell checked, on paper. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { topicOf } from '../../check/fixtures/deployment.ts';
import { runJob, tolerance } from '../../check/index.ts';
import { pack } from '../../report/packed.ts';
import { pageOf } from '../../report/page.ts';
import type { SweepRow } from '../../sweep/cell.ts';
import { cellsOf, gridOf } from '../../sweep/grid.ts';
import { sweep } from '../../sweep/sweep.ts';
import { violations } from '../../testing/axe.ts';
import { Bench, CHROMIUM } from '../../testing/chromium.ts';

const grid = {
  settings: { acks: [1, 'all'], 'min.insync.replicas': [1, 2], 'replication.factor': [2] },
  faults: [{}, { diskLoss: 1 }],
  accept: ['KF-1'],
};

let bench: Bench;
let address: string;

/** Opens the place where rows differ, and the first row in it, by keys alone. */
async function stepIn(page: Page): Promise<void> {
  await page.locator('.heat .cell').first().focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.locator('.step-in').first().focus();
  await page.keyboard.press('Enter');
  await page.getByText('producer.properties', { exact: true }).waitFor();
}

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  beforeAll(async () => {
    bench = await Bench.set();
    const rows: SweepRow[] = [];
    const run = async (job: Parameters<typeof runJob>[0]) => runJob(job);
    await sweep(cellsOf(gridOf(grid, 'grid.yaml')), 1, run, (row) => rows.push(row));
    const found = await tolerance(topicOf({ replicas: 2, minInsyncReplicas: 2 }), {
      bounds: 'tiny',
      require: ['no-acked-loss'],
      classes: ['diskLoss'],
    });
    const page = pageOf({ results: null, map: pack(rows), tolerance: found });
    address = bench.fileOf('map.html', page);
  });
  afterAll(() => bench?.clear());

  test('by keys one steps into a place, then into a cell, and checks it in the page', async () => {
    const { page, trouble, close } = await bench.open(address);
    await page.locator('.heat').waitFor();
    expect(await page.locator('.frontiers .mark').allTextContents()).toEqual([
      '✓ survives no faults',
      '✓ survives 1',
      '✗ is broken by 2 in 5',
    ]);
    expect(await page.locator('#tolerance details[open] .diagram .text.number').count()).toBe(5);
    expect(await page.locator('.heat tbody tr').allInnerTexts()).toEqual([
      '1\t\n2 hold\n✓ holds\n\t\n2 broken in 2 moves\n✗ broken\nin 2',
      'all\t\n2 hold\n✓ holds\n\t\n1 broken in 4 moves, 1 hold\n✗ 1 ✓ 1\nin 4',
    ]);
    await stepIn(page);
    expect(await page.locator('#place-heading').textContent()).toBe('acks all, faults diskLoss=1');
    expect(await page.locator('.cell-files .command code').allInnerTexts()).toEqual([
      'name: swept\nkafka:\n  brokers: 3\n  storage: persistent\ntopics:\n  - name: swept\n' +
        '    replicationFactor: 2\n    config:\n      min.insync.replicas: "1"',
      'bootstrap.servers=kafka:9092\nacks=all',
      'holdfast check holdfast.yaml producer.properties --faults diskLoss=1 --bounds tiny ' +
        '--max-states 2000000 --accept KF-1',
    ]);
    await page.getByRole('button', { name: 'Check it here' }).click();
    await page.getByText('no-acked-loss is broken by diskLoss=1').first().waitFor();
    expect(await page.locator('.repair .command code').first().textContent()).toBe(
      '--- holdfast.yaml\n+++ holdfast.yaml\n@@ -9 +9 @@\n' +
        '-      min.insync.replicas: "1"\n+      min.insync.replicas: "2"\n',
    );
    await page.getByRole('button', { name: '← Back to the map' }).click();
    await page.locator('#place-heading').waitFor();
    expect(trouble).toEqual([]);
    await close();
  });

  test('a value that is left out leaves the table', async () => {
    const { page, close } = await bench.open(address);
    await page.getByText('Filters').click();
    await page.getByRole('checkbox', { name: /^no faults/ }).click();
    expect(await page.locator('.heat thead th').allTextContents()).toEqual([
      'acks ↓ faults →',
      'diskLoss=1',
    ]);
    expect(await page.getByRole('checkbox', { name: /^diskLoss/ }).isDisabled()).toBe(true);
    await close();
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'axe-core finds nothing, %s, %i wide, nor is anything cut',
    async (colorScheme, width) => {
      const { page, close } = await bench.open(address, {
        colorScheme,
        viewport: { width, height: 844 },
      });
      await page.getByText('Filters').click();
      await stepIn(page);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect(await page.locator('button:not(.cell):visible, select:visible').count()).toBe(0);
      await close();
    },
  );
});
