/** The settings of the Kafka models that coverage is measured in. */
import {
  brokerPhases,
  type KafkaSetting,
  kafka,
  kafkaOptions,
  partitionPhases,
  repair,
  repaired,
  rulesOf,
} from '../../models/kafka/index.ts';
import type { Suite } from '../../src/coverage/suite.ts';
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

export const replication: Suite = {
  name: 'replication',
  about: 'Kafka: replication of a partition',
  phases: [partitionPhases, brokerPhases],
  cases: () =>
    settings.map((setting) => {
      const options = kafkaOptions({ rules: repaired, replicas: 2, ...setting });
      return { system: kafka(options), claims: kafkaClaims(subjectOf(options)) };
    }),
};
