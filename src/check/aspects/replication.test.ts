import { expect, test } from 'vitest';
import { exploredFaults, mostDown } from './replication.ts';

test('on ephemeral storage a broker that dies loses its disk, and the row says so', () => {
  const subject = { storage: 'ephemeral' } as const;
  expect(exploredFaults(subject, { brokerCrash: 1, powerLoss: 1, partition: 1 })).toEqual({
    faults: { diskLoss: 2, partition: 1 },
    note: 'brokerCrash=1, powerLoss=1, partition=1 is explored as diskLoss=2, partition=1: on ephemeral storage a broker that dies loses its disk.',
  });
  expect(exploredFaults(subject, { partition: 1 })).toEqual({
    faults: { partition: 1 },
    note: null,
  });
});

test('how many brokers may be down at once', () => {
  expect(mostDown({ brokerCrash: 1, partition: 3, controlledShutdown: 1 })).toBe(2);
});
