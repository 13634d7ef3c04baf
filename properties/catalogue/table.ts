/** The catalogue as Markdown: a section an area, a row a design. */
import type { Entry } from './entry.ts';
import type { Caught, Sampled } from './judge.ts';

export interface Row {
  readonly entry: Entry;
  readonly caught: Caught;
  readonly sampled: Sampled;
}

const headings = [
  'Design',
  'What it does',
  'Caught by',
  'Shortest',
  'Sampled runs',
  'Shrunk',
  'History',
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** All sections, in the order in which their areas first appear. */
export function catalogueTables(rows: readonly Row[]): string {
  const areas = [...new Set(rows.map(({ entry }) => entry.area))];
  const sections = areas.map((area) => {
    const body = rows.filter(({ entry }) => entry.area === area).map(cells);
    return [`## ${area}`, '', ...[headings, headings.map(() => '---'), ...body].map(line), ''];
  });
  return sections.flat().join('\n');
}

const cells = ({ entry, caught, sampled }: Row): string[] => [
  ...searched(entry, caught),
  ...walked(sampled, caught.length),
  entry.history,
];

/** A row's columns that a search decides. */
export const searched = ({ id, does, breaks }: Entry, { verdict, length }: Caught): string[] => [
  id,
  does,
  `\`${breaks}\``,
  verdict === 'broken' ? `${length}` : verdict,
];

function walked({ runs, foundIn, shrunk, judges }: Sampled, shortest: number | null): string[] {
  if (!judges) return ['not by walks', ''];
  if (foundIn === null) return [`none in ${runs.toLocaleString('en-US')}`, ''];
  const more = shortest === null ? 0 : shrunk! - shortest;
  return [foundIn.toLocaleString('en-US'), more === 0 ? `${shrunk}` : `${shrunk} (+${more})`];
}

/** The columns that do not hang on walks, as a written table tells them of one area. */
export function toldOf(markdown: string, area: string): string[][] {
  const section = markdown.split('\n## ').find((text) => text.startsWith(`${area}\n`)) ?? '';
  const rows = section.split('\n').filter((text) => text.startsWith('| '));
  return rows.slice(2).map((row) => {
    const all = row.slice(2, -2).split(' | ');
    return [...all.slice(0, 4), all.at(-1)!];
  });
}
