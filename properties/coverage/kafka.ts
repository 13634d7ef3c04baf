/** The settings of the Kafka models that coverage is measured in, and what scenarios play on. */
import { z } from 'zod';
import {
  brokerPhases,
  evidence,
  findings,
  type KafkaSetting,
  kafka,
  kafkaOptions,
  narrate,
  partitionPhases,
  repair,
  repaired,
  rulesOf,
  words,
} from '../../models/kafka/index.ts';
import type { Case, Suite } from '../../src/coverage/suite.ts';
import { kafkaClaims, subjectOf } from '../kafka/index.ts';

const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));
const earlier = { ...repaired, truncation: 'onNewEpoch' as const };
const fencedLeader = { ...repaired, electsLastKnownLeader: 'always' as const };
const still = { bounds: { lags: 0 } };

/** Two replicas; between them the settings bring about all that can happen to one. */
const settings: readonly KafkaSetting[] = [
  { faults: { brokerCrash: 1 } },
  { faults: { powerLoss: 1, lostMessage: 1 } },
  { faults: { diskLoss: 1 } },
  { faults: { partition: 1 } },
  { faults: { slowReplica: 1, preferredElection: 1 } },
  { faults: { controlledShutdown: 2 }, ...still },
  { faults: { brokerCrash: 2 }, rules: withoutElr },
  { faults: { slowReplica: 1 }, acks: 0 },
  { faults: { slowReplica: 2 }, lateResponses: true, lateReads: true, ...still },
  { faults: { slowReplica: 2 }, rules: earlier, ...still },
  { faults: { controlledShutdown: 1, brokerCrash: 1 }, rules: withoutElr },
  { faults: { slowReplica: 1, brokerCrash: 1 }, rules: withoutElr, lateResponses: true, ...still },
  { faults: { brokerCrash: 2 }, rules: fencedLeader },
  // A second fault strikes a partition that is not well any more.
  { faults: { powerLoss: 1, brokerCrash: 1 }, ...still },
  { faults: { diskLoss: 1, brokerCrash: 1 }, ...still },
  { faults: { partition: 1, brokerCrash: 1 }, ...still },
  { faults: { preferredElection: 1, brokerCrash: 1 } },
  { faults: { lostMessage: 1, brokerCrash: 1 }, ...still },
];

const ofPartition = (setting: KafkaSetting): Case => {
  const options = kafkaOptions(setting);
  return { system: kafka(options), claims: kafkaClaims(subjectOf(options)) };
};

const amounts = z.record(z.string(), z.int().min(0));

/** `deploy replication`: Kafka as it is, unless findings are repaired. */
const deployed = z
  .strictObject({
    replicas: z.int().min(2).max(5),
    minInsyncReplicas: z.int().min(1),
    acks: z.literal([-1, 0, 1]),
    uncleanLeaderElection: z.boolean(),
    flushEveryMessage: z.boolean(),
    faults: amounts,
    bounds: z.partialRecord(
      z.enum(['records', 'lags', 'metadataLag', 'partitionEpochs', 'leaderEpochs']),
      z.int().min(0),
    ),
    version: z.enum(['3.5', '3.9', '4.0', '4.1']).default('4.1'),
    eligibleLeaderReplicas: z.boolean().default(true),
    repaired: z.array(z.enum(findings.map(({ id }) => id) as [string])).default([]),
  })
  .partial({
    replicas: true,
    minInsyncReplicas: true,
    acks: true,
    uncleanLeaderElection: true,
    flushEveryMessage: true,
    faults: true,
    bounds: true,
  })
  .transform(({ version, eligibleLeaderReplicas, repaired: mended, ...setting }) =>
    ofPartition({
      ...(setting as KafkaSetting),
      rules: repair(rulesOf(version, { eligibleLeaderReplicas }), mended),
    }),
  );

export const replication: Suite = {
  name: 'replication',
  about: 'Kafka: replication of a partition',
  phases: [partitionPhases, brokerPhases],
  cases: () => settings.map((setting) => ofPartition({ rules: repaired, replicas: 2, ...setting })),
  stage: { build: deployed, words, narrate, evidence },
};
