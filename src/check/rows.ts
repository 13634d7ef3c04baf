/** Fault rows: the budgets a deployment is checked under, and which of them it has to survive. */
import type { Budget } from '../model/index.ts';

export interface Row {
  /** What may happen in one run, at most; `{}`: nothing. */
  readonly faults: Budget;
  /** Do broken cells of the row count against the deployment? */
  readonly required: boolean;
}

/**
 * The rows of an aspect.
 *
 * @param known the fault classes that can strike it; of a budget the others are left out.
 * @param asked the budget of `--faults`; only it and its single members are explored then.
 * @param survive the budget of holdfast.yaml. Without either, every row is required.
 */
export function faultRows(
  known: readonly string[],
  asked: Budget | undefined,
  survive: Budget | undefined,
): Row[] {
  const wanted = asked ?? survive;
  const combined = wanted === undefined ? null : inOrder(wanted, known);
  const singles =
    asked === undefined ? known.map((fault) => ({ [fault]: 1 })) : members(inOrder(asked, known));
  const budgets: Budget[] = asked === undefined ? [{}, ...singles] : singles;
  if (combined && !budgets.some((budget) => covers(budget, combined) && covers(combined, budget))) {
    budgets.push(combined);
  }
  return budgets.map((faults) => ({
    faults,
    required: combined === null || covers(combined, faults),
  }));
}

/** Does `larger` allow all that `smaller` does? What breaks under `smaller` breaks under it. */
export const covers = (larger: Budget, smaller: Budget): boolean =>
  Object.entries(smaller).every(([fault, count]) => count <= (larger[fault] ?? 0));

/** A budget in words: `brokerCrash=1, powerLoss=1`, or `no faults`. */
export function faultsText(faults: Budget): string {
  const text = Object.entries(faults).map(([fault, count]) => `${fault}=${count}`);
  return text.length > 0 ? text.join(', ') : 'no faults';
}

/** The classes of `known` alone, in that order, without zeros. */
export function inOrder(budget: Budget, known: readonly string[]): Budget {
  const counts = known.map((fault): [string, number] => [fault, budget[fault] ?? 0]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const members = (budget: Budget): Budget[] =>
  Object.entries(budget).map(([fault, count]) => ({ [fault]: count }));
