/** What a broker's disk has after each way to end. */
import { expect, test } from 'vitest';
import { createActor } from 'xstate';
import { brokers } from './broker.ts';
import type { Image, Killed } from './messages.ts';
import type { Replica } from './replica.ts';
import { kafka41 } from './rules.ts';

const image: Image = {
  leader: 'b1',
  leaderEpoch: 0,
  partitionEpoch: 0,
  isr: ['b1'],
  brokers: { b1: { brokerEpoch: 0, active: true } },
};
const settings = {
  replicas: ['b1'],
  minIsr: 1,
  acks: -1 as const,
  flushesEveryRecord: false,
  readsLate: false,
  servesReaders: false,
  deduplicates: false,
  rules: kafka41,
};

const produce = { type: 'PRODUCE', to: 'b1', value: 0 };
const killed = (keep: number | null, diskLost = false): Killed => ({
  type: 'KILLED',
  to: 'b1',
  keep,
  diskLost,
  fetchInFlight: false,
  oldCheckpoint: false,
});
const returned = { type: 'REGISTERED', to: 'b1', brokerEpoch: 1, image };
const stopped = [{ type: 'MAY_STOP', to: 'b1' }, { type: 'STOP' }];

/** The records of a lone leader after `events`. */
function recordsAfter(events: readonly { type: string }[], rules = {}): number[] {
  const { machine, input } = brokers({ ...settings, ...rules }, image).b1!;
  const actor = createActor(machine, { input }).start();
  for (const event of events) actor.send(event);
  return (actor.getSnapshot().context as Replica).log.entries.map(({ value }) => value);
}

test('a killed process keeps what it wrote', () => {
  expect(recordsAfter([produce, killed(null)])).toEqual([0]);
});
test('a power loss takes what was not flushed', () => {
  expect(recordsAfter([produce, killed(0)])).toEqual([]);
});
test('a power loss takes what an earlier kill left in the page cache', () => {
  expect(recordsAfter([produce, killed(null), returned, killed(0)])).toEqual([]);
});
test('a power loss leaves what a clean stop has flushed', () => {
  expect(recordsAfter([produce, ...stopped, returned, killed(0)])).toEqual([0]);
});
test('a power loss leaves every record where every record is flushed', () => {
  expect(recordsAfter([produce, killed(0)], { flushesEveryRecord: true })).toEqual([0]);
});
test('a lost disk takes what was flushed', () => {
  expect(recordsAfter([produce, killed(0, true)], { flushesEveryRecord: true })).toEqual([]);
});
