/**
 * Bounds are justified by saturation: growing any bound by one changes no verdict on a guarantee. (A
 * third transaction shows one more claim that TF-1 breaks, of a guarantee that is broken anyway.)
 */
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
import { writeSaturation } from '../../saturation.ts';
import { guarantees, transactionsClaims } from './index.ts';

const deployments: Record<string, TransactionsSetting> = {
  'version 2, as it should be': {},
  'version 2, Kafka 4.1': { rules: kafka41 },
  'version 1, verified': { transactionVersion: 1 },
  'version 0, not verified': { transactionVersion: 0, partitionVerification: false },
  'transforming, one id each': { workload: 'transform', transactionalIds: 'own' },
};
const faults = ['lostMessage', 'brokerCrash', 'producerCrash', 'zombieProducer'];
const grown: (keyof Bounds)[] = ['producers', 'transactions', 'laterTransactions'];

const rows: string[][] = [];

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
  const failed = results
    .filter(({ verdict }) => verdict === 'broken')
    .map(({ claim }) => claim.name);
  const broken = guarantees.filter(({ claims }) => claims.some((name) => failed.includes(name)));
  return { broken: broken.map(({ name }) => name).join(', ') || 'none', states, complete };
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
        rows.push([name, fault, `${bound} ${bounds[bound]}`, seen, broken]);
        expect(broken).toEqual(base.broken);
      }
    });
  }
}

afterAll(() => {
  writeSaturation(
    'Transactions',
    'Guarantees.',
    ['deployment', 'faults', 'bound', 'states', 'broken'],
    rows,
  );
});
