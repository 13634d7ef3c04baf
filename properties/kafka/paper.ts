/**
 * What the paper that this project tests says about Kafka's replication, each statement as claims
 * about one partition within bounds. Where Kafka as implemented and Kafka with its findings
 * repaired differ, both are judged.
 */
import {
  type KafkaSetting,
  kafka,
  kafka41,
  kafkaOptions,
  repair,
  repaired,
  rulesOf,
} from '../../models/kafka/index.ts';
import type { Statement } from '../paper/statement.ts';
import { kafkaClaims } from './guarantees.ts';
import { subjectOf } from './views.ts';

const subject = (setting: KafkaSetting): Statement['subject'] => {
  const options = kafkaOptions(setting);
  return { system: kafka(options), claims: kafkaClaims(subjectOf(options)) };
};

/** A statement under deployments: words, setting. */
type Deployments = readonly (readonly [under: string, setting: KafkaSetting])[];
const statement = (
  says: string,
  form: string,
  claims: readonly string[],
  deployments: Deployments,
): Statement[] =>
  deployments.map(([under, setting]) => ({
    says,
    form,
    under,
    subject: subject(setting),
    claims,
  }));

/** Kafka 4.1 as it is and with its findings repaired, otherwise the same. */
const both = (under: string, setting: KafkaSetting): Deployments => [
  [`${under}, Kafka 4.1 as implemented`, { ...setting, rules: kafka41 }],
  [`${under}, findings repaired`, { ...setting, rules: repaired }],
];

const safe = ['acknowledgedRecordsSurvive', 'whatReadersSawStays'];
const available = ['aLeaderIsFoundAgain', 'writesGoOnWithOneBrokerDown'];
const usual = '3 replicas, acks=all, min.insync.replicas=2';
const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));
const two = { replicas: 2, rules: repaired } as const;

const nodeFailure = statement(
  'The failure of a Kafka node loses no data.',
  'Decided for records that the producer was told are safe, and for what consumers have read. ' +
    'The sound settings under the loss of a disk: see the statement about three replicas.',
  safe,
  [
    ...both(`${usual}, a process killed`, { faults: { brokerCrash: 1 } }),
    [
      `${usual}, no eligible leader replicas, a power loss, findings repaired`,
      { rules: withoutElr, faults: { powerLoss: 1 } },
    ],
    [
      '3 replicas, acks=all, min.insync.replicas=1, a disk lost, findings repaired',
      { minInsyncReplicas: 1, rules: repaired, faults: { diskLoss: 1 } },
    ],
  ],
);
const nodeFailureUnacknowledged = statement(
  'The failure of a Kafka node loses no data.',
  'With acks=1 for acknowledged records alone: what readers saw is safe without them.',
  ['acknowledgedRecordsSurvive'],
  [
    [
      '3 replicas, acks=1, a process killed, findings repaired',
      { acks: 1, rules: repaired, faults: { brokerCrash: 1 } },
    ],
  ],
);

const partition = statement(
  'No acknowledged record is lost under a network partition.',
  'The paper says the opposite: it measures a loss of 50, and not how topic and producer were set. ' +
    'Where this holds no such loss can be reproduced; where it is broken are the settings that lose. ' +
    'With 2 replicas and min.insync.replicas=1 it takes one more fault than the partition. ' +
    'Decided is whether anything is lost, not how much.',
  ['acknowledgedRecordsSurvive'],
  [
    ...both(`${usual}, one partition`, { faults: { partition: 1 } }),
    [
      '3 replicas, acks=1, one partition, findings repaired',
      { acks: 1, rules: repaired, faults: { partition: 1 } },
    ],
    [
      '3 replicas, acks=0, one partition, findings repaired',
      { acks: 0, rules: repaired, faults: { partition: 1 } },
    ],
    [
      `${usual}, unclean elections, a partition and a process killed, findings repaired`,
      {
        uncleanLeaderElection: true,
        rules: repaired,
        faults: { partition: 1, brokerCrash: 1 },
      },
    ],
    ...both('2 replicas, acks=all, min.insync.replicas=1, one partition', {
      ...two,
      minInsyncReplicas: 1,
      faults: { partition: 1 },
    }),
    [
      '2 replicas, acks=all, min.insync.replicas=1, a partition and a power loss, findings repaired',
      { ...two, minInsyncReplicas: 1, faults: { partition: 1, powerLoss: 1 } },
    ],
    [
      '2 replicas, acks=all, min.insync.replicas=2, one partition, findings repaired',
      { ...two, faults: { partition: 1 } },
    ],
  ],
);

const reachable = statement(
  'If one broker fails, the data is reachable from the other replicas.',
  'Decided for writing as well: a leader leads by itself, and acks=all is not refused.',
  available,
  [
    [`${usual}, a process killed, Kafka 4.1 as implemented`, { faults: { brokerCrash: 1 } }],
    [
      '3 replicas, acks=all, min.insync.replicas=3, a process killed, findings repaired',
      { minInsyncReplicas: 3, rules: repaired, faults: { brokerCrash: 1 } },
    ],
    [
      '2 replicas, acks=all, min.insync.replicas=2, a process killed, findings repaired',
      { ...two, faults: { brokerCrash: 1 } },
    ],
    [
      '2 replicas, acks=all, min.insync.replicas=1, a process killed, findings repaired',
      { ...two, minInsyncReplicas: 1, faults: { brokerCrash: 1 } },
    ],
  ],
);

const threeReplicas = statement(
  'At least three replicas of each partition must be maintained.',
  'Decided as: one lost disk costs neither an acknowledged record nor the ability to write.',
  [...safe, ...available],
  [
    [`${usual}, findings repaired`, { rules: repaired, faults: { diskLoss: 1 } }],
    [
      '2 replicas, acks=all, min.insync.replicas=2, findings repaired',
      { ...two, faults: { diskLoss: 1 } },
    ],
    [
      '2 replicas, acks=all, min.insync.replicas=1, findings repaired',
      { ...two, minInsyncReplicas: 1, faults: { diskLoss: 1 } },
    ],
  ],
);

const acksAll = statement(
  'With acks=all an answer comes only when all in-sync replicas have the record.',
  'As it stands it says little, for the ISR may have shrunk to one. Decided in the sharper form: ' +
    'min.insync.replicas disks have it.',
  ['acknowledgedMeansMinInsyncCopies'],
  both(`${usual}, a process killed`, { faults: { brokerCrash: 1 } }),
);

const takesOver = statement(
  'A member of the ISR is fully caught up and can take over from the leader.',
  'Caught up with what was committed, not with all that the leader has.',
  ['electableReplicasAreComplete', 'electedLeadersAreComplete'],
  [
    [`${usual}, no fault, Kafka 4.1 as implemented`, {}],
    ...both(`${usual}, a broker fenced that lives`, { faults: { slowReplica: 1 } }),
  ],
);

const shutdown = statement(
  'A graceful shutdown and restart neither loses nor repeats a record.',
  'Of a Kafka broker: nothing acknowledged is lost, and the writes that wait are answered.',
  ['acknowledgedRecordsSurvive', 'waitingWritesAreAnswered'],
  both(`${usual}, a controlled shutdown of a broker`, { faults: { controlledShutdown: 1 } }),
);

/** The paper's statements about Kafka. */
export const kafkaStatements = (): Statement[] => [
  ...nodeFailure,
  ...nodeFailureUnacknowledged,
  ...partition,
  ...reachable,
  ...threeReplicas,
  ...acksAll,
  ...takesOver,
  ...shutdown,
];
