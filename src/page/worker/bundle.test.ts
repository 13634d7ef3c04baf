/** What goes into the worker runs in a browser: no module of Node is among it. */
import { build } from 'vite';
import { expect, test } from 'vitest';

/** The modules of Node that an entry would need, as Vite finds them. */
async function nodeModulesOf(input: string): Promise<string[]> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, rollupOptions: { input } },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as { output: Chunk[] }[];
  const chunks = outputs.flatMap(({ output }) => output);
  const ids = chunks.flatMap(({ imports, modules }) => [...imports, ...Object.keys(modules)]);
  const found = ids.flatMap((id) => /(?:^|__vite-browser-external:)(node:[\w/]+)$/.exec(id) ?? []);
  return [...new Set(found.filter((id) => id.startsWith('node:')))].sort();
}
interface Chunk {
  readonly imports: string[];
  readonly modules: Record<string, unknown>;
}

test('the worker needs no module of Node', async () => {
  expect(await nodeModulesOf('src/page/worker/worker.ts')).toEqual([]);
});

test('reading from the disk does, so that this test can tell', async () => {
  expect(await nodeModulesOf('src/config/disk.ts')).toEqual(['node:fs', 'node:path']);
});
