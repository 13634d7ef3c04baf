/** Stories: courses of events that break something. Cells that break in the same way share one. */
import type { Cell, Counterexample, Results } from '../check/index.ts';
import { groupBy } from './group.ts';
import { isOnlyByFindings } from './matrix.ts';

export interface Story {
  /** Of the element that tells it. */
  readonly id: string;
  readonly cells: readonly Cell[];
  readonly counterexample: Counterexample;
  /** Required and broken, and not by findings alone. */
  readonly isUnexpected: boolean;
  readonly isOnlyByFindings: boolean;
  /** What it breaks: each guarantee with the budgets under which it does. */
  readonly breaks: readonly { readonly guarantee: string; readonly faults: Cell['faults'][] }[];
}

/** What had to hold comes first, then what only findings break, then what is only reported. */
export function storiesOf({ cells }: Results): Story[] {
  const broken = cells.filter(({ counterexample }) => counterexample !== null);
  const stories = groupBy(broken, plotOf).map((own, i) => storyOf(own, `story-${i + 1}`));
  return stories.sort((a, b) => rank(a) - rank(b));
}

/** What is told of a cell: equal courses of events among the same subjects are told once. */
const plotOf = ({ aspect, subjects, counterexample }: Cell): string =>
  JSON.stringify([aspect, subjects, counterexample!.steps.map(({ says }) => says)]);

function storyOf(cells: readonly Cell[], id: string): Story {
  const byFindings = cells.every(isOnlyByFindings);
  const breaks = groupBy(cells, ({ guarantee }) => guarantee).map((own) => ({
    guarantee: own[0]!.guarantee,
    faults: own.map(({ faults }) => faults),
  }));
  return {
    id,
    cells,
    counterexample: cells[0]!.counterexample!,
    isUnexpected: cells.some((cell) => cell.required && !isOnlyByFindings(cell)),
    isOnlyByFindings: byFindings,
    breaks,
  };
}

function rank({ cells, isUnexpected, isOnlyByFindings: byFindings }: Story): number {
  if (isUnexpected) return 0;
  const isRequired = cells.some(({ required }) => required);
  return (isRequired ? 1 : 2) + (byFindings ? 0.5 : 0);
}

/** The story that tells how a cell is broken. */
export const storyFor = (stories: readonly Story[], cell: Cell): Story | undefined =>
  stories.find(({ cells }) => cells.includes(cell));
