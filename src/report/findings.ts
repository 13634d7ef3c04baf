/** Findings about the modelled system itself: what they break, told once. */
import type { Cell, Results } from '../check/index.ts';
import { argument, brokenCells } from './argument.ts';
import type { Style } from './style.ts';
import { counted, listed, wrapped } from './text.ts';

/** Is the cell broken by findings, and by nothing that the deployment could mend? */
export const isOnlyByFindings = ({ verdict, withRepairs }: Cell): boolean =>
  verdict === 'broken' && withRepairs?.verdict === 'holds';

/**
 * What the findings break, aspect by aspect: how many cells, which findings, and one course of events,
 * that of the first guarantee concerned. With `all` the courses of events stand elsewhere already.
 */
export function findingsSection(results: Results, style: Style, all: boolean): string[][] {
  return results.findings.flatMap((own) => sectionOf(own, results, style, all));
}

function sectionOf(
  { aspect, about, see, list }: Results['findings'][number],
  results: Results,
  style: Style,
  all: boolean,
): string[][] {
  const cells = brokenCells(results).filter(
    (cell) => cell.aspect === aspect && isOnlyByFindings(cell),
  );
  const first = cells.find(({ required }) => required) ?? cells[0];
  if (!first) return [];
  const ids = first.withRepairs!.findings;
  const same = cells.filter(
    ({ counterexample }) =>
      JSON.stringify(counterexample.steps.map(({ says }) => says)) ===
      JSON.stringify(first.counterexample.steps.map(({ says }) => says)),
  );
  const summary =
    `${counted(cells.length, 'cell')} ${cells.length === 1 ? 'is' : 'are'} broken by ${about} as it is written, not by this ` +
    `configuration: with ${listed(ids)} repaired, ${cells.length === 1 ? 'it holds' : 'all of them hold'}. See ${see}, "Findings"; ` +
    `--accept ${ids.join(',')} judges with them repaired.`;
  return [
    [
      style.heading(`Findings about ${about}`),
      ...wrapped(summary, '  '),
      ...list
        .filter(({ id }) => ids.includes(id))
        .flatMap(({ id, title, confidence }) => wrapped(`${title} ${confidence}`, `  ${id}  `)),
    ],
    ...(all ? [] : [argument(same, results, style)]),
  ];
}
