/** The known-bad designs of transactions as entries of the catalogue. */
import { designs } from '../../models/clients/transactions/designs/index.ts';
import { optionsOf, transactions } from '../../models/clients/transactions/index.ts';
import { transactionsClaims } from '../clients/transactions/index.ts';
import { type Entry, entryOf } from './entry.ts';

export const transactionsEntries: readonly Entry[] = designs.map((design) =>
  entryOf('Kafka clients: transactions', design, () => {
    const setting = { ...design.setting, rules: design.rules };
    return { system: transactions(setting), claims: transactionsClaims(optionsOf(setting)) };
  }),
);
