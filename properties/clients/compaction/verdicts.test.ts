/**
 * What is true of a compacted topic: every verdict, and how many states it took. A changed count is a
 * question for the reviewer: which behaviour did the model gain or lose?
 */
import { describe, expect, test } from 'vitest';
import type { Setting } from '../../../models/clients/compaction/index.ts';
import { outcome } from './judge.ts';

const slow: Setting = { readerPace: 'any' };
const fast: Setting = { readerPace: 'withRoomForAPass' };
const two: Setting = { replicas: 2, passes: 'atOnce' };

describe('one log', () => {
  test('a reader slower than delete.retention.ms misses a deletion', () => {
    expect(outcome(slow)).toEqual({ states: 9_906, broken: { readersSeeDeletions: 16 } });
  });
  test('a reader faster than delete.retention.ms misses nothing', () => {
    expect(outcome(fast)).toEqual({ states: 10_953, broken: {} });
  });
  test('with transactions a faster reader misses nothing, and aborted records stay hidden', () => {
    expect(outcome({ ...fast, transactions: true })).toEqual({ states: 28_079, broken: {} });
  });
  test('one brokerCrash in the middle of a pass harms nothing', () => {
    const crash = { ...fast, faults: { brokerCrash: 1 } };
    expect(outcome(crash)).toEqual({ states: 33_871, broken: {} });
  });
});

describe('retention', () => {
  const forgets = {
    theLatestValueOfEveryKeyIsKept: 3,
    readersEndWithTheLatestValues: 7,
    readersSeeDeletions: 10,
  };
  test('cleanup.policy=compact,delete forgets keys, however fast the reader', () => {
    expect(outcome({ ...fast, policy: 'compact,delete' })).toEqual({
      states: 20_543,
      broken: forgets,
    });
  });
  test('cleanup.policy=delete forgets keys', () => {
    expect(outcome({ ...fast, policy: 'delete' })).toEqual({ states: 2_757, broken: forgets });
  });
  test('a follower whose next record was deleted begins anew where the log starts', () => {
    const setting: Setting = { ...two, policy: 'delete', faults: { slowReplica: 1 } };
    expect(outcome({ ...setting, bounds: { records: 3 } })).toEqual({
      states: 31_015,
      broken: {
        theLatestValueOfEveryKeyIsKept: 4,
        readersEndWithTheLatestValues: 7,
        readersSeeDeletions: 10,
        replicasAgree: 5,
      },
    });
  });
});

// What faults do to two replicas is in findings.test.ts, and with the findings repaired in
// saturation.deep.ts.
describe('two replicas', () => {
  test('cleaned at any pace, they show a faster reader the same without a fault', () => {
    expect(outcome({ ...two, ...fast })).toEqual({ states: 28_214, broken: {} });
  });
  test('a follower copies the horizon that its leader has stamped, passed or not', () => {
    const setting: Setting = { ...two, faults: { slowReplica: 1 }, bounds: { records: 3 } };
    expect(outcome(setting)).toEqual({ states: 23_874, broken: { readersSeeDeletions: 14 } });
  });
  test('a transaction is decided when its marker is committed, not when it is written', () => {
    const setting: Setting = { ...two, ...fast, transactions: true, bounds: { keys: 1 } };
    expect(outcome(setting)).toEqual({ states: 32_033, broken: {} });
  });
});
