/** The written result of `npm run test:deep`: reports/baseline/saturation.md, a section a model. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = 'reports/baseline/saturation.md';
const title =
  '# Saturation\n\nVerdicts with one bound grown by one (`npm run test:deep`). One that changed would fail the run.\n';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Puts a model's section in, or in the place of its former one. */
export function writeSaturation(
  name: string,
  about: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const [, ...sections] = (existsSync(file) ? readFileSync(file, 'utf8') : title).split('\n## ');
  const table = [headings, headings.map(() => '---'), ...rows].map(line).join('\n');
  const own = `${name}\n\n${about}\n\n${table}\n`;
  const others = sections.filter((section) => !section.startsWith(`${name}\n`));
  const all = [...others, own].sort((a, b) => (a < b ? -1 : 1));
  writeFileSync(
    file,
    [title, ...all.map((section) => section.trimEnd().concat('\n'))].join('\n## '),
  );
}
