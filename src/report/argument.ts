/** Counterexamples as arguments: what happens step by step, what follows, and on what evidence. */
import { type Cell, type Counterexample, faultsText, type Results } from '../check/index.ts';
import { isOnlyByFindings } from './findings.ts';
import { repairs } from './repair.ts';
import type { Style } from './style.ts';
import { counted, listed, wrapped } from './text.ts';

export interface Broken extends Cell {
  readonly counterexample: Counterexample;
}

/**
 * One section for each course of events that breaks something required, or with `all` anything;
 * the rest in a line each.
 */
export function courses(results: Results, style: Style, all: boolean): string[][] {
  const broken = brokenCells(results).filter((cell) => all || !isOnlyByFindings(cell));
  const shown = broken.filter(({ required }) => required || all);
  const told = new Set(shown.map(storyOf));
  const others = broken.filter((cell) => !shown.includes(cell));
  const grouped = [...told].map((story) => shown.filter((cell) => storyOf(cell) === story));
  const many = hasSeveralGroups(results);
  return [...grouped.map((cells) => argument(cells, results, style)), inBrief(others, many, style)];
}

/** Must it be said which subjects are meant? */
const hasSeveralGroups = ({ cells }: Results): boolean =>
  new Set(cells.map(({ aspect, subjects }) => JSON.stringify([aspect, subjects]))).size > 1;

/** Cells with a counterexample. */
export const brokenCells = ({ cells }: Results): Broken[] =>
  cells.filter((cell): cell is Broken => cell.counterexample !== null);

/** What is told of a cell: equal courses of events are told once. */
const storyOf = ({ counterexample, aspect, subjects }: Broken): string =>
  JSON.stringify([aspect, subjects, counterexample.steps.map(({ says }) => says)]);

/**
 * One course of events, and what it breaks.
 * @param cells all with the same counterexample.
 */
export function argument(cells: readonly Broken[], results: Results, style: Style): string[] {
  const many = hasSeveralGroups(results);
  const { counterexample, aspect, subjects } = cells[0]!;
  const about = results.findings.find((each) => each.aspect === aspect)?.about;
  const { steps, length, shortest, evidence, replay } = counterexample;
  const number = String(steps.length).length;
  const how = shortest ? 'no shorter way exists' : 'found by random runs, shrunk';
  const { withRepairs } = cells[0]!;
  const own = withRepairs?.verdict === 'broken' ? `; it needs no finding about ${about}` : '';
  return [
    ...titles(cells).map((title) => style.broken(title)),
    ...wrapped(
      `${many ? `${listed(subjects)}: ` : ''}in ${counted(length, 'step')}; ${how}${own}.`,
      '  ',
    ),
    ...steps.flatMap(({ says }, i) =>
      wrapped(says.join(' '), `  ${String(i + 1).padStart(number)}. `),
    ),
    ...conclusions(cells),
    ...evidence.flatMap((line) => wrapped(line, '    ')),
    ...repairs(cells, style),
    style.dim(`  holdfast replay ${replay}`),
  ];
}

/** `no-acked-loss is broken by powerLoss=1`, one for each guarantee. */
function titles(cells: readonly Broken[]): string[] {
  const names = [...new Set(cells.map(({ guarantee }) => guarantee))];
  return names.flatMap((name) => {
    const rows = cells.filter(({ guarantee }) => guarantee === name);
    const budgets = rows.map(({ faults }) => faultsText(faults)).join(' | ');
    return wrapped(budgets, `${name} is broken by `);
  });
}

function conclusions(cells: readonly Broken[]): string[] {
  const whys = [...new Set(cells.map(({ counterexample }) => counterexample.because))];
  return whys.flatMap((because) => wrapped(`${because}.`, '  So '));
}

/** What is broken but did not have to hold: a line a guarantee. */
function inBrief(cells: readonly Broken[], many: boolean, style: Style): string[] {
  if (cells.length === 0) return [];
  const keyOf = ({ guarantee, subjects }: Broken): string =>
    many ? `${guarantee} (${listed(subjects)})` : guarantee;
  const names = [...new Set(cells.map(keyOf))];
  const lines = names.flatMap((name) => {
    const rows = cells.filter((cell) => keyOf(cell) === name);
    const shortest = rows.reduce((best, next) =>
      next.counterexample.length < best.counterexample.length ? next : best,
    );
    const budgets = [...new Set(rows.map(({ faults }) => faultsText(faults)))].join(' | ');
    const { length, because } = shortest.counterexample;
    return wrapped(
      `${name}: by ${budgets}; in ${counted(length, 'step')} at least: ${because}.`,
      '  ',
    );
  });
  return [style.heading('Also broken, not required (--all shows how)'), ...lines];
}
