/** Every stimulus fires and every edge of every machine is taken by exhaustive search. */
import { expect, test } from 'vitest';
import { type IdempotenceSetting, idempotence } from '../../../models/clients/idempotence/index.ts';
import { coverage, mergeCoverage } from '../../../src/engine/coverage.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const settings: readonly IdempotenceSetting[] = [
  { faults: { brokerCrash: 1, lostMessage: 1, deliveryTimeout: 1 } },
  { faults: { partition: 1, slowReplica: 1, controlledShutdown: 1 }, stateExpiresInFlight: true },
  { faults: { partition: 1, lostMessage: 1 } },
  { faults: { brokerCrash: 2 }, staleMetadata: true },
];

test('every edge is taken, every stimulus fires', () => {
  const seen = mergeCoverage(
    settings.map((setting) => coverage(explore(idempotence(setting), [], { whole: true }).stepper)),
  );
  // Nothing is sent to a broker that is down: the client cannot connect, and there is no such move.
  expect([seen.neverTaken, seen.neverFired]).toEqual([['broker: down --PRODUCE--> down'], []]);
});
