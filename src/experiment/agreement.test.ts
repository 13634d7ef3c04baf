/** The clock chooses among what the models allow: no run leaves them, and none contradicts a verdict. */
import { expect, test } from 'vitest';
import { kafka, kafkaOptions } from '../../models/kafka/index.ts';
import { claimsOf, subjectOf } from '../../properties/kafka/index.ts';
import {
  streamingClaims,
  subjectOf as streamingSubject,
} from '../../properties/spark/streaming/index.ts';
import type { Claim } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';
import { type Claims, replayRun } from './agreement.ts';
import { modelSetting } from './kafka/track.ts';
import { run } from './run.ts';
import { FAULT_KINDS, type RunInput, runSetting } from './setting.ts';

const SAFETY = [
  'no-acked-loss',
  'readers-never-see-loss',
  'one-leader-per-epoch',
  'clean-leaders-are-complete',
  'acks-mean-min-insync',
];
const isSafety = ({ modality }: Claim): boolean => modality === 'always';
const claims: Claims = {
  kafka: (setting) => claimsOf(SAFETY, subjectOf(kafkaOptions(setting))).filter(isSafety),
  query: (options) => streamingClaims(streamingSubject(options)).filter(isSafety),
};

/** Where a replay of the run differs, and what it breaks; with what the run itself says is lost. */
function replayed(input: RunInput, seed: number) {
  const setting = runSetting.parse(input);
  const whole = run(setting, seed, { moves: true });
  const models = replayRun(setting, whole, claims);
  return {
    differs: models.flatMap(({ name, differs }) => (differs === null ? [] : [{ name, differs }])),
    broken: [...new Set(models.flatMap(({ broken }) => [...broken.keys()]))].sort(),
    moves: models.reduce((sum, { moves }) => sum + moves, 0),
    lost: whole.result.loss.acknowledgedAndLost,
  };
}

/** Whether exhaustive search breaks the claim under one such fault. */
function isBroken(claim: string, input: RunInput, fault: string): boolean {
  const { faults: _, retries, ...setting } = modelSetting(runSetting.parse(input).kafka, 0, 1);
  const bounds = { records: 1, lags: 0, metadataLag: 1, partitionEpochs: 12, leaderEpochs: 8 };
  const one = { ...setting, bounds, faults: { [fault]: 1 } };
  const wanted = claims.kafka(one).filter(({ name }) => name === claim);
  const { complete, results } = explore(kafka(one), wanted);
  expect(complete || results.some(({ verdict }) => verdict === 'broken')).toBe(true);
  return results.some(({ verdict }) => verdict === 'broken');
}

test.each(FAULT_KINDS)(
  'a run with %s is a path of the models and breaks no claim of theirs',
  (kind) => {
    const input: RunInput = { seconds: 120, faults: [{ kind, at: 40, seconds: 20 }] };
    const { differs, broken, lost } = replayed(input, 1);
    expect({ differs, broken, lost }).toEqual({ differs: [], broken: [], lost: 0 });
  },
);

const onS3: RunInput['spark'] = { storage: 's3', stateful: false, sink: 'file', workers: 5 };

test.each(['driverKilled', 'workerKilled', 'leaderKilled'] as const)(
  'so is one with %s during a batch of a stateless query on S3, three replicas of five brokers',
  (kind) => {
    const faults = [{ kind, at: 40, seconds: 20, during: 'batch' as const }];
    const input: RunInput = {
      seconds: 120,
      faults,
      spark: onS3,
      kafka: { brokers: 5, partitions: 20 },
    };
    expect(replayed(input, 2)).toMatchObject({ differs: [], broken: [], lost: 0 });
  },
);

const careless: RunInput['kafka'] = { acks: '1', idempotence: false };

test('acks=1 loses in a run what exhaustive search says can be lost, and the replay sees it', () => {
  const input: RunInput = { kafka: careless, faults: [{ kind: 'leaderCutFromBrokers' }] };
  const { differs, broken, lost } = replayed(input, 1);
  expect(differs).toEqual([]);
  expect(broken).toEqual(['acknowledgedRecordsSurvive']);
  // Four of ten partitions, 10,000 messages a second, cut off for 30 seconds.
  expect(Math.round(lost)).toBe(119_519);
  expect(isBroken('acknowledgedRecordsSurvive', input, 'partition')).toBe(true);
});

test('a killed leader with acks=1 loses something in a run exactly where its replay breaks the claim', () => {
  const faults: RunInput['faults'] = [{ kind: 'leaderKilled', seconds: 20 }];
  const input: RunInput = { seconds: 100, kafka: careless, faults };
  const found = [1, 2, 3, 4, 5, 6].map((seed) => {
    const { broken, lost, differs } = replayed(input, seed);
    expect(differs).toEqual([]);
    expect(lost > 0).toBe(broken.includes('acknowledgedRecordsSurvive'));
    return lost > 0;
  });
  expect(found.filter(Boolean)).toHaveLength(1);
  expect(isBroken('acknowledgedRecordsSurvive', input, 'brokerCrash')).toBe(true);
});

test('an unclean election takes from readers in a run what the model says it can', () => {
  const kafkaSetting: RunInput['kafka'] = {
    ...careless,
    ...{ uncleanElection: true, minInsyncReplicas: 1, replicaLagTimeMaxMs: 2_000 },
  };
  // The followers lag behind a slow leader, which then dies.
  const faults: RunInput['faults'] = [
    { kind: 'leaderSlowNetwork', at: 40, seconds: 60, factor: 12_000 },
    { kind: 'leaderKilled', at: 60, seconds: 60 },
  ];
  const { differs, broken, lost } = replayed({ seconds: 140, kafka: kafkaSetting, faults }, 1);
  expect(differs).toEqual([]);
  expect(lost).toBeGreaterThan(0);
  expect(broken).toContain('acknowledgedRecordsSurvive');
});
