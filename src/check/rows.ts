/** Fault rows: the budgets a deployment is checked under, and which of them it has to survive. */
import { FAULTS } from '../config/index.ts';
import type { Budget } from '../model/index.ts';
import type { Subject } from './subject.ts';

export interface Row {
  /** What may happen in one run, at most; `{}`: nothing. */
  readonly faults: Budget;
  /** Do broken cells of the row count against the deployment? */
  readonly required: boolean;
}

/**
 * The rows of a check.
 *
 * @param asked the budget of `--faults`; only it and its single members are explored then.
 * @param survive the budget of holdfast.yaml. Without either, every row is required.
 */
export function faultRows(asked: Budget | undefined, survive: Budget | undefined): Row[] {
  const wanted = asked ?? survive;
  const combined = wanted === undefined ? null : inOrder(wanted);
  const singles = asked === undefined ? FAULTS.map((fault) => ({ [fault]: 1 })) : members(asked);
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

/**
 * What is explored for a row. On ephemeral storage the end of a broker is the end of its disk.
 * @returns the budget, and a sentence if it is not the row's own.
 */
export function exploredFaults(
  { storage }: Subject,
  faults: Budget,
): { faults: Budget; note: string | null } {
  const { brokerCrash = 0, powerLoss = 0, diskLoss = 0, ...rest } = faults;
  if (storage !== 'ephemeral' || brokerCrash + powerLoss === 0) return { faults, note: null };
  const explored = inOrder({ ...rest, diskLoss: brokerCrash + powerLoss + diskLoss });
  const note =
    `${faultsText(faults)} is explored as ${faultsText(explored)}: on ephemeral storage a broker ` +
    'that dies loses its disk.';
  return { faults: explored, note };
}

/** How many brokers may be down at once, at most. */
export const mostDown = (faults: Budget): number =>
  ['brokerCrash', 'powerLoss', 'diskLoss', 'controlledShutdown'].reduce(
    (sum, fault) => sum + (faults[fault] ?? 0),
    0,
  );

/** Without zeros, in the order of FAULTS. */
function inOrder(budget: Budget): Budget {
  const counts = FAULTS.map((fault): [string, number] => [fault, budget[fault] ?? 0]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function members(budget: Budget): Budget[] {
  const entries = Object.entries(inOrder(budget));
  return entries.map(([fault, count]) => ({ [fault]: count }));
}
