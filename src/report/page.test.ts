/** What is put into the page stays text, whatever it says. */
import { expect, test } from 'vitest';
import { check } from '../check/index.ts';
import { readDeployment } from '../config/disk.ts';
import { embedded, pageOf } from './page.ts';

const hostile = [
  '</script><img src=x onerror=alert(1)>',
  '<!--<script>',
  ']]>&quot;&#39;',
  '\u2028\u2029\u0000',
  "$& $` $' $1",
  'javascript:alert(1)',
];

test('a text that would end the script element, or a line of it, is escaped and reads the same', () => {
  const text = embedded({ [hostile[0]!]: hostile });
  expect([...text.matchAll(/[<>&\u2028\u2029]/g)]).toEqual([]);
  expect(JSON.parse(text)).toEqual({ [hostile[0]!]: hostile });
});

test('the page holds the results between the marks of its data, and nothing of them elsewhere', async () => {
  const honest = await check(readDeployment(['examples/laptop']), { faults: { partition: 1 } });
  const name = hostile.join(' ');
  const results = { ...honest, deployment: { ...honest.deployment, name } };
  const told = { results };
  const [data, around] = partsOf(pageOf(told));
  expect(JSON.parse(data)).toEqual(told);
  expect(around).toEqual(partsOf(pageOf({ results: null }))[1]);
});

/** The page's data, and what stands before and after it. */
function partsOf(page: string): [data: string, around: string[]] {
  const start = page.indexOf('<script type="application/json" id="told">');
  const data = page.slice(page.indexOf('>', start) + 1, page.indexOf('</script>', start));
  const [before, after] = [page.slice(0, start), page.slice(start).slice(data.length)];
  return [data, [before, after.slice(after.indexOf('</script>'))]];
}
