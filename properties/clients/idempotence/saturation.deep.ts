/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { afterAll, expect, test } from 'vitest';
import {
  defaults,
  type IdempotenceSetting,
  repaired,
} from '../../../models/clients/idempotence/index.ts';
import { writeSaturation } from '../../saturation.ts';
import { outcome } from './explored.ts';

const { window, producerEpochs } = defaults.bounds;
/** What a check explores at `small`. */
const base = { records: 3 };
const grown: readonly [string, IdempotenceSetting][] = [
  ['records', { bounds: { records: base.records + 1 } }],
  ['window', { inFlight: window + 1, bounds: { ...base, window: window + 1 } }],
  ['producer epochs', { bounds: { ...base, producerEpochs: producerEpochs + 1 } }],
];
const deployments: Record<string, IdempotenceSetting> = {
  defaults: {},
  repaired: { rules: repaired, pauses: false },
  'one replica': { replicas: 1 },
  'not idempotent': { enableIdempotence: false },
  'not idempotent, one in flight': { enableIdempotence: false, inFlight: 1 },
  'acks=1': { enableIdempotence: false, acks: 1 },
  'acks=0': { enableIdempotence: false, acks: 0 },
};
const faults = [
  { brokerCrash: 1 },
  { lostMessage: 1 },
  { partition: 1 },
  { controlledShutdown: 1 },
  { deliveryTimeout: 1 },
  { deliveryTimeout: 1, lostMessage: 1 },
  { deliveryTimeout: 1, partition: 1 },
  { brokerCrash: 1, lostMessage: 1 },
];

const rows: string[][] = [];

/** The guarantees' claims that fail, and the states that were seen. */
function broken(setting: IdempotenceSetting): { claims: string; states: string } {
  const { broken: all, states } = outcome(setting);
  const claims = ['noRecordIsWrittenTwice', 'recordsKeepTheirOrder'].filter((name) => name in all);
  return { claims: claims.join(', ') || 'none', states: states.toLocaleString('en-US') };
}

for (const [name, deployment] of Object.entries(deployments)) {
  test(`${name}: one more of any bound changes no verdict`, () => {
    for (const budget of faults) {
      const known = broken({ ...deployment, bounds: base, faults: budget });
      for (const [bound, larger] of grown) {
        const only = deployment.inFlight === 1 ? { inFlight: 1 } : {};
        const { claims, states } = broken({ ...deployment, ...larger, ...only, faults: budget });
        rows.push([name, Object.keys(budget).join(' and '), bound, states, claims]);
        expect([bound, budget, claims]).toEqual([bound, budget, known.claims]);
      }
    }
  });
}

afterAll(() =>
  writeSaturation(
    'The idempotent producer',
    'Claims of no-duplicates and order-kept with three records, and one bound grown by one.',
    ['deployment', 'one of each fault', 'grown', 'states', 'claims broken'],
    rows,
  ),
);
