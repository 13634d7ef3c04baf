/** The fault budget as small integers: each distinct remainder is one, paying is a look-up. */
import type { Budget } from '../model/system.ts';
import { Identities } from './identities.ts';
import { Interner } from './interner.ts';

/** What `pay` answers when the budget does not reach. */
export const TOO_DEAR = -2;

export class Purse {
  private readonly identities = new Identities();
  private readonly remainders = new Interner<Record<string, number>>(
    this.identities,
    'The fault budget',
  );
  private readonly costs = new Interner<Record<string, number>>(
    this.identities,
    'The cost of a fault',
  );
  /** By remainder, then by price: what is left. */
  private readonly rests: number[][] = [];

  /** The number of a budget. */
  fill(budget: Budget): number {
    const left: Record<string, number> = {};
    for (const [fault, amount] of Object.entries(budget)) if (amount > 0) left[fault] = amount;
    return this.remainders.id(left);
  }

  /** The number of a cost; -1 if it costs nothing. */
  price(cost: Budget | undefined): number {
    if (!cost || Object.keys(cost).length === 0) return -1;
    return this.costs.id({ ...cost });
  }

  /** What is left of `remainder` after `price`; `TOO_DEAR` if it does not reach. */
  pay(remainder: number, price: number): number {
    const row = this.rests[remainder] ?? this.row(remainder);
    const known = row[price];
    if (known !== undefined) return known;
    const left = { ...this.remainders.at(remainder) };
    let enough = true;
    for (const [fault, amount] of Object.entries(this.costs.at(price))) {
      const rest = (left[fault] ?? 0) - amount;
      if (rest < 0) enough = false;
      if (rest > 0) left[fault] = rest;
      else delete left[fault];
    }
    const rest = enough ? this.remainders.id(left) : TOO_DEAR;
    row[price] = rest;
    return rest;
  }

  private row(remainder: number): number[] {
    const row: number[] = [];
    this.rests[remainder] = row;
    return row;
  }

  /** What is left, by fault class. */
  at(remainder: number): Budget {
    return this.remainders.at(remainder);
  }
}
