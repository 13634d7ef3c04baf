/**
 * How long a page takes to open in Chromium, and what it weighs: `npm run bench:page [-- FILE]`, by
 * default `reports/index.html`. From the start of the navigation until what was drawn is on the
 * screen; the middle of several runs, each in a browser context of its own.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Bench, CHROMIUM } from '../src/testing/chromium.ts';

/** In the page: milliseconds since the navigation began, once the next picture is on the screen. */
const DRAWN =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))';
const RUNS = 7;
const file = process.argv[2] ?? 'reports/index.html';
if (CHROMIUM === null) process.exit(3);

const bench = await Bench.set();
const times: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const { page, close } = await bench.open(pathToFileURL(resolve(file)).href);
  await page.locator('h1:visible').waitFor();
  times.push(await page.evaluate<number>(DRAWN));
  await close();
}
await bench.clear();
const middle = [...times].sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
const mebibytes = statSync(file).size / 2 ** 20;
process.stdout.write(
  `${file}: ${mebibytes.toFixed(2)} MiB, open after ${Math.round(middle)} ms (the middle of ${RUNS})\n`,
);
