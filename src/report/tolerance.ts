/** The tolerance frontier as text. */
import { type Frontier, faultsText, type Tolerance } from '../check/index.ts';
import type { Style } from './style.ts';
import { counted, listed, numbered, wrapped } from './text.ts';

/** The frontiers guarantee by guarantee; the first way to break each is told. */
export function toleranceText(found: Tolerance, style: Style): string {
  const { deployment, most, bounds, accept, frontiers } = found;
  const assumed = accept.length > 0 ? `, with ${listed(accept)} taken as repaired` : '';
  const sections = [
    [
      style.heading(deployment),
      ...wrapped(`Up to ${counted(most, 'fault')} in one run, --bounds ${bounds}${assumed}.`),
    ],
    ...frontiers.map((frontier) => frontierLines(frontier, most, style)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function frontierLines(frontier: Frontier, most: number, style: Style): string[] {
  const { guarantee, subjects, aspect, survives, breaks, undecided } = frontier;
  const [first] = breaks;
  const all =
    breaks.length + undecided.length === 0 ? ` (any ${counted(most, 'fault')} explored)` : '';
  return [
    style.heading(`${guarantee}: ${listed(subjects)} (${aspect})`),
    ...row('survives', survives.map(faultsText), style.holds, all),
    ...row(
      'breaks by',
      breaks.map(
        ({ faults, counterexample: { length } }) =>
          `${faultsText(faults)} in ${counted(length, 'step')}`,
      ),
      style.broken,
    ),
    ...row('undecided', undecided.map(faultsText), style.undecided),
    ...(first
      ? [
          `  By ${faultsText(first.faults)}:`,
          ...numbered(
            first.counterexample.steps.map(({ says }) => says),
            '  ',
          ),
          ...wrapped(`${first.counterexample.because}.`, '  So '),
          style.dim(`  holdfast replay ${first.counterexample.replay}`),
        ]
      : []),
  ];
}

const row = (
  name: string,
  items: readonly string[],
  paint: (text: string) => string,
  more = '',
): string[] => {
  if (items.length === 0) return [];
  const [first, ...rest] = wrapped(`${items.join(' | ')}${more}`, `  ${name.padEnd(10)} `);
  return [first!.replace(name, paint(name)), ...rest];
};
