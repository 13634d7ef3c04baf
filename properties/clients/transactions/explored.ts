/** What a search says of a setting: for the tests beside it. */
import {
  optionsOf,
  type TransactionsSetting,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { situations, transactionsClaims } from './index.ts';

export interface Outcome {
  /** Distinct states of the whole space. */
  states: number;
  /** Failed claims, and situations that were not met, each with the moves that break it. */
  broken: Record<string, number>;
}

/** Explores the whole space of a setting and judges every claim and situation. */
export function outcome(setting: TransactionsSetting): Outcome {
  const options = optionsOf(setting);
  const claims = [...transactionsClaims(options), ...situations(options)];
  const { complete, states, results } = explore(transactions(setting), claims, { whole: true });
  if (!complete) throw new Error('The search did not see the whole space.');
  const failed = results.filter(({ verdict }) => verdict !== 'holds');
  const lengths = failed.map(({ claim, moves }) => [claim.name, moves?.length ?? -1]);
  return { states, broken: Object.fromEntries(lengths) };
}
