import { expect, test } from 'vitest';
import type { Budget } from '../model/index.ts';
import { covers, faultRows, faultsText } from './rows.ts';

const STRIKING = [
  'brokerCrash',
  'powerLoss',
  'diskLoss',
  'partition',
  'slowReplica',
  'lostMessage',
  'controlledShutdown',
];

const texts = (
  asked: Budget | undefined,
  survive: Budget | undefined,
  known: readonly string[] = STRIKING,
): string[] =>
  faultRows(known, asked, survive).map(
    ({ faults, required }) => `${faultsText(faults)}${required ? ' *' : ''}`,
  );

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

test('a fault that cannot strike an aspect is left out of its rows', () => {
  const known = ['partition', 'lostMessage'];
  expect(texts({ brokerCrash: 1, partition: 1 }, undefined, known)).toEqual(['partition=1 *']);
  expect(texts({ brokerCrash: 1 }, undefined, known)).toEqual(['no faults *']);
  expect(texts(undefined, { brokerCrash: 1 }, known)).toEqual([
    'no faults *',
    'partition=1',
    'lostMessage=1',
  ]);
});
