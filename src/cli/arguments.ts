/** What a person typed, as values, or one sentence about what is wrong with it. */
import { InvalidArgumentError } from 'commander';
import {
  BOUNDS_NAMES,
  type BoundsName,
  FAULT_NAMES,
  FINDING_IDS,
  GUARANTEE_NAMES,
} from '../check/index.ts';
import { didYouMean, quoted } from '../config/index.ts';
import type { Budget } from '../model/index.ts';

/** Faults of one class, at most: what can still be explored is far below. */
const MOST_FAULTS = 9;

/** `brokerCrash=1,powerLoss=1`; a class without a number means 1; `none` is no fault at all. */
export function parseFaults(text: string): Budget {
  if (text.trim() === 'none') return {};
  const budget: Record<string, number> = {};
  for (const item of items(text)) {
    const [fault = '', count = '1'] = item.split('=').map((part) => part.trim());
    if (!FAULT_NAMES.includes(fault)) {
      throw new InvalidArgumentError(
        `${quoted(fault)} is no fault; ${didYouMean(fault, FAULT_NAMES)}.`,
      );
    }
    if (!/^\d+$/.test(count) || Number(count) > MOST_FAULTS) {
      throw new InvalidArgumentError(
        `${quoted(item)}: expected a number of faults from 0 to ${MOST_FAULTS}, as ${fault}=1.`,
      );
    }
    if (fault in budget) throw new InvalidArgumentError(`${fault} is given twice.`);
    budget[fault] = Number(count);
  }
  return budget;
}

/** Names of guarantees, separated by commas. */
export const parseGuarantees = (text: string): string[] =>
  names(text, 'guarantee', GUARANTEE_NAMES);

/** The name of one guarantee. */
export const parseGuarantee = (text: string): string =>
  names(text, 'guarantee', GUARANTEE_NAMES).length === 1 ? text.trim() : refuseSeveral(text);

function refuseSeveral(text: string): never {
  throw new InvalidArgumentError(`${quoted(text)}: expected one name.`);
}

/** Findings, separated by commas, or `all`. */
export const parseFindings = (text: string): string[] =>
  text === 'all' ? [...FINDING_IDS] : names(text, 'finding', [...FINDING_IDS, 'all']);

function names(text: string, what: string, known: readonly string[]): string[] {
  for (const name of items(text)) {
    if (!known.includes(name)) {
      throw new InvalidArgumentError(`${quoted(name)} is no ${what}; ${didYouMean(name, known)}.`);
    }
  }
  return items(text);
}

export function parseBounds(text: string): BoundsName {
  const found = BOUNDS_NAMES.find((name) => name === text);
  if (found) return found;
  throw new InvalidArgumentError(`Expected ${BOUNDS_NAMES.join(', ')}.`);
}

/** A whole number from `least` on, thousands grouped by `_` or `,` if one likes. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const plain = text.replaceAll(/[_,]/g, '');
    const value = Number(plain);
    if (/^\d+$/.test(plain) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
  };
}

function items(text: string): string[] {
  const found = text.split(',').map((item) => item.trim());
  if (found.includes('')) throw new InvalidArgumentError('Expected names separated by commas.');
  return found;
}
