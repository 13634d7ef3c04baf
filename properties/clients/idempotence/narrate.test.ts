/** Counterexamples as they are told, sentence by sentence. */
import { expect, test } from 'vitest';
import {
  evidence,
  type IdempotenceSetting,
  idempotence,
  idempotenceOptions,
  kafka,
  narrate,
} from '../../../models/clients/idempotence/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { idempotenceClaims } from './index.ts';

/** The shortest way to break a claim: its steps, why it fails, and what became of the records. */
function told(setting: IdempotenceSetting, claim: string): string[][] {
  const system = idempotence(setting);
  const claims = idempotenceClaims(idempotenceOptions(setting));
  const found = explore(
    system,
    claims.filter(({ name }) => name === claim),
  ).results[0]!;
  const { violation, moves } = found;
  const trace = confirm(system, { claim: found.claim, moves: moves!, violation });
  return [
    narrate(trace).map((sentences) => sentences.join(' ')),
    [violation!.because, ...evidence(trace, violation!.witness)],
  ];
}

const brokenConnection = { lostMessage: 1 };

test('without idempotence a request is read late and its repetition too', () => {
  const setting = { enableIdempotence: false, faults: brokenConnection };
  expect(told(setting, 'noRecordIsWrittenTwice')).toEqual([
    [
      'The producer sends record 0 to b1.',
      'The connection between the producer and b1 breaks; record 0 may still be read there. The producer will send again 0.',
      'The producer sends record 0 to b1 again.',
      'b1 reads the request with record 0 and appends it at offset 0.',
      'b1 reads a request of a connection that broke before: record 0 and appends it at offset 1. Nobody hears its answer.',
      'b2 fetches from its leader and holds records 0, 0, all committed.',
    ],
    [
      'record 0 is at offsets 0 and 1 of b1, all committed',
      'Record 0: sent in step 1 and 3; pending.',
      'b1: 0: record 0, 1: record 0; committed below 2.',
      'b2: 0: record 0, 1: record 0; committed below 2.',
    ],
  ]);
});

test('without idempotence two requests fail together and the later one goes first', () => {
  const setting = { enableIdempotence: false, faults: brokenConnection };
  expect(told(setting, 'recordsKeepTheirOrder')).toEqual([
    [
      'The producer sends record 0 to b1.',
      'The producer sends record 1 to b1.',
      'The connection between the producer and b1 breaks; records 0, 1 may still be read there. The producer will send again 1, then 0.',
      'The producer sends record 1 to b1 again.',
      'b1 reads the request with record 1 and appends it at offset 0.',
      'b1 reads a request of a connection that broke before: record 0 and appends it at offset 1. Nobody hears its answer.',
      'b2 fetches from its leader and holds records 1, 0, all committed.',
    ],
    [
      'record 0 comes after record 1 in the log of b1: 1, 0',
      'Record 0: sent in step 1; pending.',
      'b1: 0: record 1, 1: record 0; committed below 2.',
      'b2: 0: record 1, 1: record 0; committed below 2.',
    ],
  ]);
});

test('IP-1: a record that runs out of time makes the one behind it be written twice', () => {
  const faults = { lostMessage: 1, deliveryTimeout: 1 };
  expect(told({ faults }, 'noRecordIsWrittenTwice')).toEqual([
    [
      'The producer sends record 0 (epoch 0, sequence 0) to b1.',
      'The producer sends record 1 (epoch 0, sequence 1) to b1.',
      'delivery.timeout.ms is over for record 0.',
      'The connection between the producer and b1 breaks; records 0, 1 may still be read there. The send of record 0 fails; it may have been written. The producer will send again 1. The producer raises its epoch to 1 and numbers anew record 1 as sequence 0.',
      'The producer sends record 1 (epoch 1, sequence 0) to b1 again.',
      'b1 reads a request of a connection that broke before: record 0 (epoch 0, sequence 0) and appends it at offset 0. Nobody hears its answer.',
      'b1 reads a request of a connection that broke before: record 1 (epoch 0, sequence 1) and appends it at offset 1. Nobody hears its answer.',
      'b1 reads the request with record 1 (epoch 1, sequence 0) and appends it at offset 2.',
      'b2 fetches from its leader and holds records 0, 1, 1, all committed.',
    ],
    [
      'record 1 is at offsets 1 and 2 of b1, all committed',
      'Record 1: sent in step 2 and 5; pending.',
      'b1: 0: record 0 (epoch 0, sequence 0), 1: record 1 (epoch 0, sequence 1), 2: record 1 (epoch 1, sequence 0); committed below 3.',
      'b2: 0: record 0 (epoch 0, sequence 0), 1: record 1 (epoch 0, sequence 1), 2: record 1 (epoch 1, sequence 0); committed below 3.',
    ],
  ]);
});

test('IP-2: of the first two records the later one reaches the new leader first', () => {
  const faults = { partition: 1, brokerCrash: 1 };
  expect(told({ faults }, 'recordsKeepTheirOrder')).toEqual([
    [
      'The producer sends record 0 (epoch 0, sequence 0) to b1.',
      'b1 is cut off; b2 is elected.',
      'The producer hears that b2 leads.',
      'The producer sends record 1 (epoch 0, sequence 1) to b2.',
      'b1 learns that b2 leads.',
      'b2 reads the request with record 1 (epoch 0, sequence 1) and appends it at offset 0.',
      'b1 fetches from its leader and holds record 1, all committed.',
      'b2 crashes; its log stays on its disk. b1 is elected. The producer will send again 1.',
      'b2 restarts and holds record 1.',
      'b1 reads the request with record 0 (epoch 0, sequence 0) and refuses it: OUT_OF_ORDER_SEQUENCE_NUMBER.',
      'b1 answers the producer: OUT_OF_ORDER_SEQUENCE_NUMBER for record 0. The producer will send again 0, then 1. The producer raises its epoch to 1 and numbers anew record 0 as sequence 0, record 1 as sequence 1.',
      'The producer sends record 0 (epoch 1, sequence 0) to b1 again.',
      'b1 reads the request with record 0 (epoch 1, sequence 0) and appends it at offset 1.',
      'b2 fetches from its leader and holds records 1, 0, all committed.',
    ],
    [
      'record 0 comes after record 1 in the log of b1: 1, 0',
      'Record 0: sent in step 1 and 12; pending.',
      'b1: 0: record 1 (epoch 0, sequence 1), 1: record 0 (epoch 1, sequence 0); committed below 2.',
      'b2: 0: record 1 (epoch 0, sequence 1), 1: record 0 (epoch 1, sequence 0); committed below 2.',
    ],
  ]);
});

test('a broker remembers what was cut off its log, and acknowledges it', () => {
  const rules = { ...kafka, stateFollowsTruncation: false };
  const setting = { faults: { controlledShutdown: 2 }, rules };
  expect(told(setting, 'acknowledgedRecordsAreWithTheLeader')).toEqual([
    [
      'The producer sends record 0 (epoch 0, sequence 0) to b1.',
      'b1 reads the request with record 0 (epoch 0, sequence 0) and appends it at offset 0.',
      'b1 is shut down in good order and hands leadership to b2.',
      'b1 answers the producer: NOT_LEADER_OR_FOLLOWER for record 0. The producer will send again 0.',
      'The producer sends record 0 (epoch 0, sequence 0) to b1 again.',
      'The producer hears that b2 leads.',
      'The producer sends record 1 (epoch 0, sequence 1) to b2.',
      'b2 reads the request with record 1 (epoch 0, sequence 1) and appends it at offset 0.',
      'b1 fetches from its leader, cuts off record 0 and holds record 1, all committed.',
      'b2 is shut down in good order and hands leadership to b1.',
      'b1 reads the request with record 0 (epoch 0, sequence 0), knows it, and finds it at offset 0.',
      'b1 answers the producer: record 0 is at offset 0. Record 0 is acknowledged.',
    ],
    [
      'record 0 was acknowledged, and b1, who leads, does not have it',
      'Record 0: sent in step 1 and 5; acknowledged at offset 0.',
      'b1: 0: record 1 (epoch 0, sequence 1); committed below 1.',
      'b2: 0: record 1 (epoch 0, sequence 1); committed below 1.',
    ],
  ]);
});
