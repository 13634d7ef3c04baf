/** What axe-core finds against a page: rules of accessibility that it breaks. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: { readonly id: string; readonly nodes: { target: string[] }[] }[];
}

/** Violations as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  // By the debugger, not by an element: the page's policy lets no other script in.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<AxeResults> } };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
    );
  });
}
