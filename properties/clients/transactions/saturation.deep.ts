/**
 * Bounds are justified by saturation: growing any bound by one changes no verdict. The last result
 * is kept in reports/baseline/saturation-transactions.md.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import {
  type Bounds,
  defaults,
  kafka41,
  optionsOf,
  type TransactionsSetting,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { transactionsClaims } from './index.ts';

const deployments: Record<string, TransactionsSetting> = {
  'version 2, as it should be': {},
  'version 2, Kafka 4.1': { rules: kafka41 },
  'version 1, verified': { transactionVersion: 1 },
  'version 0, not verified': { transactionVersion: 0, partitionVerification: false },
  'transforming, one id each': { workload: 'transform', transactionalIds: 'own' },
};
const faults = ['lostMessage', 'brokerCrash', 'producerCrash', 'zombieProducer'];
const grown: (keyof Bounds)[] = ['producers', 'transactions', 'laterTransactions'];

const rows: string[] = [];

interface Explored {
  broken: string;
  states: number;
  complete: boolean;
}

function explored(setting: TransactionsSetting): Explored {
  const { results, states, complete } = explore(
    transactions(setting),
    transactionsClaims(optionsOf(setting)),
    { whole: true, maxStates: 4_000_000 },
  );
  const broken = results.filter(({ verdict }) => verdict === 'broken');
  return { broken: broken.map(({ claim }) => claim.name).join(', ') || 'none', states, complete };
}

for (const [name, deployment] of Object.entries(deployments)) {
  for (const fault of faults) {
    test(`${name}, one ${fault}: one more of any bound changes no verdict`, () => {
      const setting = { ...deployment, faults: { [fault]: 1 } };
      const base = explored(setting);
      expect(base.complete).toBe(true);
      for (const bound of grown) {
        const bounds = { [bound]: defaults.bounds[bound] + 1 };
        const { broken, states, complete } = explored({ ...setting, bounds });
        const seen = `${states.toLocaleString('en-US')}${complete ? '' : ' (not all)'}`;
        rows.push(`| ${name} | ${fault} | ${bound} ${bounds[bound]} | ${seen} | ${broken} |`);
        expect(broken).toEqual(base.broken);
      }
    });
  }
}

afterAll(() => {
  const head =
    '# Saturation: transactions\n\nClaims about transactions with one bound grown by one (`npm run test:deep`). A verdict that changed would fail the run.\n\n| deployment | faults | bound | states | claims broken |\n|---|---|---|---|---|\n';
  writeFileSync('reports/baseline/saturation-transactions.md', `${head}${rows.join('\n')}\n`);
});
