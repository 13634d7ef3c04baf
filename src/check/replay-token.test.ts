import { expect, test } from 'vitest';
import { kafka } from '../../models/kafka/index.ts';
import type { Plain } from '../model/index.ts';
import { encodeToken } from '../schedulers/token.ts';
import {
  REPLICATION_BOUNDS,
  type ReplicationInput,
  replicationOptions,
} from './aspects/replication.ts';
import { replayToken } from './replay-token.ts';

const input: ReplicationInput = {
  replicas: 3,
  minInsyncReplicas: 2,
  acks: '1',
  uncleanLeaderElection: false,
  flushEveryMessage: false,
  eligibleLeaderReplicas: true,
  behaviour: '4.1',
  bounds: REPLICATION_BOUNDS.tiny,
  faults: { brokerCrash: 1 },
  repairs: ['KF-1'],
};

const tokenOf = (model: string, options: unknown): string =>
  encodeToken(kafka(replicationOptions(input)), {
    model,
    options: options as Plain,
    moves: [{ stimulus: 0, lost: 0 }],
  });

test('a token tells its run once more, with the settings it happened under', () => {
  const { trace, claims, components: _, ...told } = replayToken(tokenOf('replication', input));
  expect(told).toEqual({
    aspect: 'replication',
    settings:
      'Kafka 4.1: 3 replicas, min.insync.replicas 2, acks=1, clean elections, ELR on; brokerCrash=1; KF-1 repaired',
    steps: [
      [
        'The producer sends record 0 to b1: appended at offset 0, epoch 0.',
        'Record 0 is acknowledged.',
      ],
    ],
    evidence: [
      'Record 0: acknowledged in step 1.',
      'b1: at offset 0 (epoch 0) from step 1 on',
      'b2: never had it',
      'b3: never had it',
      'At the end b1 is the leader of epoch 0, ISR {b1, b2, b3}.',
    ],
  });
  const lasting = claims.filter(({ modality }) => modality === 'always');
  expect(lasting.map((claim) => trace.judge(claim))).toEqual(lasting.map(() => [null, null]));
});

test('a token of another model or with unknown settings is refused in a sentence', () => {
  expect(() => replayToken(tokenOf('spark', input))).toThrow(
    "The replay token is of the model 'spark'; known: 'replication', 'idempotence', 'consumers', 'transactions', 'compaction', 'query', 'pipeline'.",
  );
  expect(() => replayToken(tokenOf('replication', { ...input, replicas: 99 }))).toThrow(
    'The replay token is of another version: its settings are not known.',
  );
});
