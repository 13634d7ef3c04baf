import { expect, test } from 'vitest';
import { covers, exploredFaults, faultRows, faultsText, mostDown } from './rows.ts';
import type { Subject } from './subject.ts';

const texts = (...given: Parameters<typeof faultRows>): string[] =>
  faultRows(...given).map(({ faults, required }) => `${faultsText(faults)}${required ? ' *' : ''}`);

test('without any budget every fault is tried alone, and each row is required', () => {
  expect(texts(undefined, undefined)).toEqual([
    'no faults *',
    'brokerCrash=1 *',
    'powerLoss=1 *',
    'diskLoss=1 *',
    'partition=1 *',
    'slowReplica=1 *',
    'lostMessage=1 *',
    'controlledShutdown=1 *',
  ]);
});

test('what holdfast.yaml asks to survive is one more row, and only what it covers is required', () => {
  expect(texts(undefined, { powerLoss: 1, brokerCrash: 1, diskLoss: 0 })).toEqual([
    'no faults *',
    'brokerCrash=1 *',
    'powerLoss=1 *',
    'diskLoss=1',
    'partition=1',
    'slowReplica=1',
    'lostMessage=1',
    'controlledShutdown=1',
    'brokerCrash=1, powerLoss=1 *',
  ]);
});

test('a budget that is a row already is no row twice', () => {
  expect(texts(undefined, { brokerCrash: 1 })).toHaveLength(8);
  expect(texts(undefined, { brokerCrash: 2 })).toHaveLength(9);
});

test('with --faults only that budget and its single members are explored, whatever survive says', () => {
  expect(texts({ brokerCrash: 2, partition: 1 }, { diskLoss: 1 })).toEqual([
    'brokerCrash=2 *',
    'partition=1 *',
    'brokerCrash=2, partition=1 *',
  ]);
  expect(texts({ brokerCrash: 2 }, undefined)).toEqual(['brokerCrash=2 *']);
  expect(texts({}, undefined)).toEqual(['no faults *']);
});

test('a larger budget covers a smaller one', () => {
  expect(covers({ brokerCrash: 2, partition: 1 }, { brokerCrash: 1 })).toBe(true);
  expect(covers({ brokerCrash: 1 }, { brokerCrash: 1, partition: 1 })).toBe(false);
  expect(covers({}, {})).toBe(true);
});

test('on ephemeral storage a broker that dies loses its disk, and the row says so', () => {
  const subject = { storage: 'ephemeral' } as Subject;
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
