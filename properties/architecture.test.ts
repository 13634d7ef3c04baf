/** The folders' one-way dependencies, held by a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** All TypeScript files, JSX or not, below `folder`, as paths from the root. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** What a file imports: paths from the root for the project's own, names for packages. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, target]) =>
    target!.startsWith('.') ? relative(root, resolve(root, file, '..', target!)) : target!,
  );
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

/** Imports of files in `folder` that begin with none of `allowed`. */
function strays(folder: string, allowed: readonly string[]): string[] {
  return sources(folder)
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      imports(file)
        .filter((target) => !allowed.some((prefix) => target.startsWith(prefix)))
        .map((target) => `${file} imports ${target}`),
    );
}

test('models import only the model contract, each other and xstate', () => {
  expect(strays('models', ['models/', 'src/model/', 'xstate'])).toEqual([]);
});

test('the model contract imports only itself and xstate', () => {
  expect(strays('src/model', ['src/model/', 'xstate'])).toEqual([]);
});

test('the engine imports only itself, the contract, xstate and the graph package', () => {
  expect(strays('src/engine', ['src/engine/', 'src/model/', 'xstate', '@xstate/graph'])).toEqual(
    [],
  );
});

test('the schedulers import only the engine, the contract and their libraries', () => {
  const allowed = [
    'src/schedulers/',
    'src/engine/',
    'src/model/',
    'xstate',
    'fast-check',
    'fflate',
    'tinyqueue',
  ];
  expect(strays('src/schedulers', allowed)).toEqual([]);
});

test('coverage imports only schedulers, engine and contract', () => {
  const below = ['src/coverage/', 'src/schedulers/', 'src/engine/', 'src/model/'];
  expect(strays('src/coverage', [...below, 'zod'])).toEqual([]);
});

test('scenarios import only schedulers, engine, contract and what writes text', () => {
  const below = ['src/coverage/', 'src/schedulers/', 'src/engine/', 'src/model/'];
  expect(strays('src/scenario', ['src/scenario/', ...below, 'src/report/text.ts', 'yaml'])).toEqual(
    [],
  );
});

test('the machinery never names what it is used for', () => {
  const named = [
    ...sources('src/model'),
    ...sources('src/engine'),
    ...sources('src/schedulers'),
    ...sources('src/coverage'),
    ...sources('src/scenario'),
  ].filter((file) => /kafka|spark|broker/i.test(readFileSync(join(root, file), 'utf8')));
  expect(named).toEqual([]);
});

test('the page imports itself, what decides verdicts, data of the writer, and its two libraries', () => {
  const deciding = ['src/check/', 'src/config/', 'src/schedulers/', 'src/engine/', 'src/model/'];
  const writer = ['told.ts', 'text.ts', 'packed.ts', 'repair.ts'].map(
    (name) => `src/report/${name}`,
  );
  const allowed = [
    'src/page/',
    'src/sweep/',
    'src/experiment/told.ts',
    ...deciding,
    ...writer,
    'reports/baseline/',
    'preact',
  ];
  const tools = ['src/page/vite.config.ts imports ', 'src/page/worker/worker.ts imports zod'];
  const found = strays('src/page', [...allowed, '@preact/signals']);
  expect(found.filter((line) => !tools.some((tool) => line.startsWith(tool)))).toEqual([]);
});

test('what draws figures is loaded by figures alone, and these by nothing that is not about to draw', () => {
  const drawing = ['src/experiment/plot/', 'src/experiment/figures/'];
  const importing = sources('src')
    .filter((file) => !isTest(file) && !drawing.some((folder) => file.startsWith(folder)))
    .filter((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /^(?:import|export) (?!type).*'(.+)';$/gm,
        ),
      ]
        .map(([, target]) => relative(root, resolve(root, file, '..', target!)))
        .some((target) => drawing.some((folder) => target.startsWith(folder))),
    );
  expect(importing).toEqual([]);
  const packages = ['@observablehq/plot', '@xmldom/xmldom'];
  const loading = sources('src').filter((file) =>
    imports(file).some((target) => packages.includes(target)),
  );
  expect(loading.filter((file) => !file.startsWith('src/experiment/plot/'))).toEqual([]);
});

test('nothing imports the page', () => {
  const others = ['models', 'properties', 'bench', 'src'].flatMap(sources);
  const importing = others
    .filter((file) => !file.startsWith('src/page/') && file !== 'properties/architecture.test.ts')
    .filter((file) => imports(file).some((target) => target.startsWith('src/page/')));
  expect(importing).toEqual([]);
});

test('no source file is longer than 300 lines', () => {
  const long = ['models', 'properties', 'src', 'bench']
    .flatMap(sources)
    .filter((file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length > 300);
  expect(long).toEqual([]);
});
