/** The page that checks files without anything installed: one file, the examples in it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { FAULT_NAMES, FINDING_IDS, GUARANTEE_NAMES } from '../check/index.ts';
import { pageOf } from './page.ts';
import type { Examples } from './told.ts';

/** The examples, as they lie in their folder; their README says what each shows. */
export function readExamples(): Examples {
  const paths = readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .map((name) => `examples/${name.replaceAll('\\', '/')}`)
    .filter((path) => statSync(path).isFile() && path.split('/').length > 2)
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  const readme = readFileSync('examples/README.md', 'utf8');
  const told = [...readme.matchAll(/^- `([\w-]+)`: ((?:.+\n)(?: {2}.+\n)*)/gm)];
  const folders = told.map(([, name, about]) => ({
    name: name!,
    about: about!.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim(),
  }));
  return { files, folders };
}

/** The page that waits for files. */
export const site = (): string =>
  pageOf({
    results: null,
    choices: {
      faults: FAULT_NAMES,
      guarantees: GUARANTEE_NAMES,
      findings: FINDING_IDS,
      examples: readExamples(),
    },
  });
