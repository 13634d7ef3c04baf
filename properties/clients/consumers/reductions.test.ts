/**
 * A request and its answer are one move in the model. Here they travel through channels, so that
 * anything may come between: the verdicts are the same.
 *
 * With the group only safety is compared: channels that are full at both ends wait for each other,
 * which is the bound's doing. Calls within a transaction, and a member's one heartbeat at a time
 * with KIP-848, block the client in Kafka too, so they stay one move.
 */
import { expect, it } from 'vitest';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import type { Claim } from '../../../src/model/index.ts';
import { queued } from '../../../src/model/queued.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { consumerClaims } from './index.ts';

const withPartition = [
  ['c1', 'partition'],
  ['partition', 'c1'],
] as const;
const withGroup = [
  ['c1', 'group'],
  ['group', 'c1'],
] as const;

type Case = readonly [Partial<ConsumerOptions>, readonly (readonly [string, string])[]];

const cases: readonly Case[] = [
  [{ faults: { brokerCrash: 1 } }, withPartition],
  [{ uncleanElection: true, faults: { brokerCrash: 1 } }, withPartition],
  [{ reset: 'latest', faults: { offsetsExpired: 1 } }, withPartition],
  [{ readsFollower: true, faults: { powerLoss: 1 } }, withPartition],
  [{ faults: { slowConsumer: 1 } }, withGroup],
  [{ commits: 'auto', faults: { slowConsumer: 1 } }, withGroup],
  [{ commits: 'auto', faults: { rebalance: 1 } }, withGroup],
  [{ commits: 'beforeProcessing', faults: { consumerCrash: 1 } }, withGroup],
];

it.each(cases)('%j: overtaking changes no verdict', (given, pairs) => {
  const options = { ...defaults, rules: repaired, ...given, bounds: { records: 1, lags: 1 } };
  const judged = ({ modality }: Claim): boolean => pairs === withPartition || modality === 'always';
  const claims = consumerClaims(options).filter(judged);
  const system = consumers(options);
  const [base, late] = [system, queued(system, pairs, 2)].map((each) =>
    explore(each, claims, { whole: true }).results.map(({ claim, verdict }) => [
      claim.name,
      verdict,
    ]),
  );
  expect(late).toEqual(base);
});
