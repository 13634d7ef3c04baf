/** Counterexamples as arguments: what happens step by step, what follows, and on what evidence. */
import { type Cell, type Counterexample, faultsText, type Results } from '../check/index.ts';
import { isOnlyByFindings } from './findings.ts';
import { repairs } from './repair.ts';
import type { Style } from './style.ts';
import { counted, listed, numbered, wrapped } from './text.ts';

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
  const others = broken.filter((cell) => !shown.includes(cell));
  const many = hasSeveralGroups(results);
  return [
    ...storiesOf(shown).map((cells) => argument(cells, results, style)),
    inBrief(others, many, style),
  ];
}

/** Cells by what is told of them: each course of events once, with all that it breaks. */
export function storiesOf(cells: readonly Broken[]): Broken[][] {
  const stories = new Set(cells.map(storyOf));
  return [...stories].map((story) => cells.filter((cell) => storyOf(cell) === story));
}

/** Must it be said which subjects are meant? */
const hasSeveralGroups = ({ cells }: Results): boolean =>
  new Set(cells.map(({ aspect, subjects }) => JSON.stringify([aspect, subjects]))).size > 1;

/** Cells with a counterexample. */
export const brokenCells = ({ cells }: Results): Broken[] =>
  cells.filter((cell): cell is Broken => cell.counterexample !== null);

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
  const { withRepairs } = cells[0]!;
  const own = withRepairs?.verdict === 'broken' ? `; it needs no finding about ${about}` : '';
  return [
    ...titles(cells).map((title) => style.broken(title)),
    ...wrapped(
      `${many ? `${listed(subjects)}: ` : ''}in ${counted(length, 'step')}; ${howFound(shortest)}${own}.`,
      '  ',
    ),
    ...numbered(
      steps.map(({ says }) => says),
      '  ',
    ),
    ...conclusions(cells),
    ...evidence.flatMap((line) => wrapped(line, '    ')),
    ...repairs(cells, style),
    style.dim(`  holdfast replay ${replay}`),
  ];
}

/** How sure the length is. */
export const howFound = (shortest: boolean): string =>
  shortest ? 'no shorter way exists' : 'found by random runs, shrunk';

/** What cells of one story say together: guarantee -> the budgets that break it. */
export function budgetsOf(cells: readonly Broken[]): [guarantee: string, budgets: string][] {
  const names = [...new Set(cells.map(({ guarantee }) => guarantee))];
  return names.map((name) => {
    const rows = cells.filter(({ guarantee }) => guarantee === name);
    return [name, rows.map(({ faults }) => faultsText(faults)).join(' | ')];
  });
}

/** `no-acked-loss is broken by powerLoss=1`, one for each guarantee. */
const titles = (cells: readonly Broken[]): string[] =>
  budgetsOf(cells).flatMap(([name, budgets]) => wrapped(budgets, `${name} is broken by `));

/** Why, each reason once. */
export const reasonsOf = (cells: readonly Broken[]): string[] => [
  ...new Set(cells.map(({ counterexample }) => counterexample.because)),
];

const conclusions = (cells: readonly Broken[]): string[] =>
  reasonsOf(cells).flatMap((because) => wrapped(`${because}.`, '  So '));

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
