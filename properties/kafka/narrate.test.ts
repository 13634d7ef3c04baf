/** The narrator: runs of the model in the words of somebody who runs Kafka. */
import { expect, test } from 'vitest';
import {
  evidence,
  type KafkaSetting,
  kafka,
  kafkaOptions,
  narrate,
  repair,
  rulesOf,
} from '../../models/kafka/index.ts';
import type { System } from '../../src/model/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { confirm, labelOf, replay, type Trace } from '../../src/schedulers/replay.ts';
import { kafkaClaims, subjectOf } from './index.ts';

/** The shortest run that breaks `claim`. */
function breaking(claim: string, setting: KafkaSetting): Trace {
  const options = kafkaOptions({ rules: repaired('4.1'), ...setting });
  const system = kafka(options);
  const claims = kafkaClaims(subjectOf(options)).filter(({ name }) => name === claim);
  const { moves, violation } = explore(system, claims).results[0]!;
  return confirm(system, { claim: claims[0]!, moves: moves!, violation });
}

const repaired = (level: '3.5' | '4.1', eligibleLeaderReplicas = true) =>
  repair(rulesOf(level, { eligibleLeaderReplicas }));

/** A run given by labels, as `b1: FETCH_ROUND late=false` or with `, message 1 lost`. */
function scripted(setting: KafkaSetting, labels: readonly string[]): Trace {
  const system = kafka(setting);
  return replay(
    system,
    labels.map((label) => moveOf(system, label)),
  );
}

function moveOf(system: System, label: string): { stimulus: number; lost: number } {
  for (let stimulus = 0; stimulus < system.stimuli.length; stimulus++) {
    for (const lost of [0, 1, 2, 3]) {
      if (labelOf(system, stimulus, lost) === label) return { stimulus, lost };
    }
  }
  throw new Error(`no move '${label}'`);
}

/** Steps numbered, sentences joined. */
const told = (trace: Trace): string[] =>
  narrate(trace).map((says, i) => `${i + 1}. ${says.join(' ')}`);

const fetch = (id: string) => `${id}: FETCH_ROUND late=false`;
const reads = (id: string) => `metadata:${id}: DELIVER count=1`;
const strike = (kind: string, broker: string, rest: string) =>
  `network: ${kind} broker=${broker} ${rest}`;

test('with acks=1 a crash of the leader takes what it alone had', () => {
  const trace = breaking('acknowledgedRecordsSurvive', { acks: 1, faults: { brokerCrash: 1 } });
  expect(told(trace)).toEqual([
    '1. The producer sends record 0 to b1: appended at offset 0, epoch 0. Record 0 is acknowledged.',
    '2. b1 crashes; its log stays on its disk. The controller fences b1; ISR {b2, b3}; b2 is elected for epoch 1.',
  ]);
  expect(evidence(trace, { record: 0 })).toEqual([
    'Record 0: acknowledged in step 1.',
    'b1: at offset 0 (epoch 0) from step 1 on',
    'b2: never had it',
    'b3: never had it',
    'At the end b2 is the leader of epoch 1, ISR {b2, b3}; b1 is fenced.',
  ]);
});

test('without ELR a power loss of the last ISR member takes an acknowledged record', () => {
  const trace = breaking('acknowledgedRecordsSurvive', {
    rules: repaired('4.1', false),
    faults: { powerLoss: 1 },
  });
  expect(told(trace)).toEqual([
    '1. b1 finds b2 and b3 lagging and proposes ISR {b1}.',
    '2. b1 sends its proposal, ISR {b1}, to the controller, which accepts it: ISR {b1}. The answer is lost: b1 goes on counting the old ISR and the proposed one together.',
    '3. The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    '4. b2 fetches from b1 at offset 0 and gets record 0 (epoch 0).',
    '5. b2 fetches from b1 at offset 1: the leader now knows that it has record 0.',
    '6. b3 fetches from b1 at offset 0 and gets record 0 (epoch 0).',
    '7. b3 fetches from b1 at offset 1: the leader now knows that it has record 0. b1 moves its high watermark to 1. Record 0 is acknowledged.',
    '8. b1 loses power; its unflushed tail is gone: record 0 at offset 0. The controller fences b1; ISR stays {b1}, its last member; nobody is left to be elected.',
    '9. b1 restarts with an empty log and registers as one that did not stop cleanly.',
    '10. A heartbeat of b1 reaches the controller. The controller lets b1 take part again; ISR {b1}; b1 is elected for epoch 2.',
  ]);
  expect(evidence(trace)).toEqual([
    'Record 0: acknowledged in step 7, readable from step 7 on.',
    'b1: at offset 0 (epoch 0) from step 3 on, lost with the power in step 8',
    'b2: at offset 0 (epoch 0) from step 4 on',
    'b3: at offset 0 (epoch 0) from step 6 on',
    'At the end b1 is the leader of epoch 2, ISR {b1}.',
  ]);
});

test('finding KF-1 is told as old news that drops a newer proposal', () => {
  const rules = rulesOf('4.1', { eligibleLeaderReplicas: true });
  const trace = breaking('acknowledgedRecordsSurvive', { rules, faults: { brokerCrash: 1 } });
  expect(told(trace)).toEqual([
    '1. b1 finds b2 lagging and proposes ISR {b1, b3}.',
    '2. b1 sends its proposal, ISR {b1, b3}, to the controller, which accepts it: ISR {b1, b3}.',
    '3. b2 fetches from b1 at offset 0: the leader now knows how far it has come. b1 finds it caught up and proposes ISR {b1, b2, b3}.',
    '4. b1 sends its proposal, ISR {b1, b2, b3}, to the controller, which accepts it: ISR {b1, b2, b3}. The answer is lost: b1 goes on counting the old ISR and the proposed one together.',
    '5. The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    '6. b3 fetches from b1 at offset 0 and gets record 0 (epoch 0).',
    '7. b3 fetches from b1 at offset 1: the leader now knows that it has record 0.',
    '8. b1 reads the metadata log: ISR {b1, b3}, and drops its proposal, ISR {b1, b2, b3}. b1 moves its high watermark to 1. Record 0 is acknowledged.',
    '9. b1 crashes; its log stays on its disk. The controller fences b1; ISR {b2, b3}; b2 is elected for epoch 1.',
  ]);
});

test('a follower that comes back finds where its log parts from the leader and cuts it', () => {
  const crash = strike('CRASH', 'b1', 'keep=null fetchInFlight=false oldCheckpoint=true');
  const trace = scripted({ faults: { brokerCrash: 1 }, bounds: { records: 2 } }, [
    'producer: SEND value=0 broker=b1',
    crash,
    reads('b2'),
    reads('b3'),
    'producer: SEND value=1 broker=b2',
    'network: RESTART broker=b1',
    fetch('b1'),
    fetch('b1'),
    `${fetch('b3')}, message 1 lost`,
  ]);
  expect(told(trace)).toEqual([
    '1. The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    '2. b1 crashes; its log stays on its disk. The controller fences b1; ISR {b2, b3}; b2 is elected for epoch 1. The producer cannot tell what became of record 0.',
    '3. b2 reads the metadata log and leads in epoch 1, from offset 0 on.',
    '4. b3 reads the metadata log: b2 leads in epoch 1; b3 follows it.',
    '5. The producer sends record 1 to b2: appended at offset 0, epoch 1.',
    '6. b1 restarts with a log of 1 record and registers as one that did not stop cleanly.',
    '7. b1 fetches from b2 at offset 1, is told that epoch 0 ends at offset 0 and cuts its log there: record 0 at offset 0 is gone.',
    '8. b1 fetches from b2 at offset 0 and gets record 1 (epoch 1).',
    '9. b3 fetches from b2 at offset 0; the answer is lost.',
  ]);
});

test('a broker in controlled shutdown is moved out, stops in good order and registers as clean', () => {
  const trace = scripted({ faults: { controlledShutdown: 1 } }, [
    'b1: SHUT_DOWN',
    reads('b2'),
    'b1: STOP',
    'network: RESTART broker=b1',
    'metadata:b2: DELIVER count=2',
    'b1: SEND_HEARTBEAT',
  ]);
  expect(told(trace)).toEqual([
    '1. b1 asks to be shut down. The controller takes b1 out of service; ISR {b2, b3}; b2 is elected for epoch 1.',
    '2. b2 reads the metadata log and leads in epoch 1, from offset 0 on.',
    '3. b1 stops in good order. The controller fences b1.',
    '4. b1 restarts with an empty log and registers as one that stopped cleanly.',
    '5. b2 reads the metadata log: ISR {b2, b3}.',
    '6. A heartbeat of b1 reaches the controller. The controller lets b1 take part again.',
  ]);
});

test('a write is refused while the ISR is too small, and the ELR keeps whom it lost', () => {
  const crash = strike('CRASH', 'b1', 'keep=null fetchInFlight=false oldCheckpoint=true');
  const trace = scripted({ faults: { brokerCrash: 1, partition: 1 } }, [
    'b1: REPLICAS_LAG replicas=["b2","b3"]',
    'b1: SEND_ALTER_PARTITION',
    'producer: SEND value=0 broker=b1',
    'network: CUT broker=b2',
    crash,
    fetch('b2'),
  ]);
  expect(told(trace)).toEqual([
    '1. b1 finds b2 and b3 lagging and proposes ISR {b1}.',
    '2. b1 sends its proposal, ISR {b1}, to the controller, which accepts it: ISR {b1}, ELR {b2, b3}.',
    '3. The producer sends record 0 to b1, which refuses it: its ISR {b1} is too small.',
    '4. b2 is cut off for longer than its session. The controller fences b2.',
    '5. b1 crashes; its log stays on its disk. The controller fences b1; ISR {b3}, ELR {b1, b2}; b3 is elected for epoch 1.',
    '6. b2 fetches from b1 at offset 0; the request does not arrive.',
  ]);
});

test('an answer to the producer that is lost', () => {
  const trace = scripted({ acks: 1, faults: { lostMessage: 1 } }, [
    'producer: SEND value=0 broker=b1, message 2 lost',
  ]);
  expect(told(trace)).toEqual([
    "1. The producer sends record 0 to b1: appended at offset 0, epoch 0. The broker's answer to the producer is lost.",
  ]);
});

test('with acks=0 a record counts as acknowledged though its request is lost', () => {
  const trace = scripted({ acks: 0, faults: { lostMessage: 1 } }, [
    'producer: SEND value=0 broker=b1, message 1 lost',
  ]);
  expect(told(trace)).toEqual([
    '1. The producer sends record 0 to b1; the request is lost. Record 0 is acknowledged as soon as it is sent (acks=0).',
  ]);
});

test('a fetch that outlives its sender counts at the leader', () => {
  const power = strike('LOSE_POWER', 'b2', 'keep=0 fetchInFlight=true oldCheckpoint=false');
  const trace = scripted({ faults: { powerLoss: 1 } }, [
    'producer: SEND value=0 broker=b1',
    fetch('b2'),
    power,
    'fetches: DELIVER count=1',
  ]);
  expect(told(trace)).toEqual([
    '1. The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    '2. b2 fetches from b1 at offset 0 and gets record 0 (epoch 0).',
    '3. b2 loses power; its unflushed tail is gone: record 0 at offset 0. The controller fences b2; ISR {b1, b3}. A fetch that b2 had sent to b1 (offset 1) is still on its way.',
    '4. The fetch that b2 sent before it died reaches b1: to b1, b2 holds what lies below offset 1.',
  ]);
});

test('before 4.0.1 a late answer is told as one that stays on its way', () => {
  const rules = repaired('3.5', false);
  const trace = scripted({ rules }, [
    'producer: SEND value=0 broker=b1',
    'b2: FETCH_ROUND late=true',
    'answers:b2: DELIVER count=1',
  ]);
  expect(told(trace)).toEqual([
    '1. The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    '2. b2 fetches from b1 at offset 0; the answer stays on its way.',
    "3. b2 hears the leader's late answer and gets record 0 (epoch 0).",
  ]);
});

test('a deposed leader steps down when it hears, and a new one leads only when it has heard', () => {
  const trace = scripted({ faults: { partition: 1 } }, [
    'network: CUT broker=b1',
    reads('b3'),
    reads('b1'),
    fetch('b3'),
    reads('b2'),
    fetch('b1'),
  ]);
  expect(told(trace)).toEqual([
    '1. b1 is cut off for longer than its session. The controller fences b1; ISR {b2, b3}; b2 is elected for epoch 1.',
    '2. b3 reads the metadata log: b2 leads in epoch 1; b3 follows it.',
    '3. b1 reads the metadata log: b2 leads in epoch 1; b1 steps down and follows it.',
    '4. b3 fetches from b2 at offset 0, which does not lead.',
    '5. b2 reads the metadata log and leads in epoch 1, from offset 0 on.',
    '6. b1 fetches from b2 at offset 0: the leader now knows how far it has come.',
  ]);
});

test('nothing is told of a run without steps', () => {
  const trace = scripted({}, []);
  expect([narrate(trace), evidence(trace)]).toEqual([[], []]);
});
