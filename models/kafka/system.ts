/** One Kafka partition with its replicas, its controller and a producer, ready to be checked. */
import {
  type Budget,
  channel,
  defineSystem,
  type LinkRule,
  type System,
} from '../../src/model/index.ts';
import { brokers } from './broker.ts';
import { ledger, producer, producerStimuli } from './clients.ts';
import { controller, controllerStimuli, imageOf } from './controller.ts';
import type { Settings } from './high-watermark.ts';
import type { Acks } from './messages.ts';
import { gate, network, networkStimuli } from './network.ts';
import { kafka41, type Rules } from './rules.ts';
import { brokerStimuli } from './timers.ts';

/** How far the model follows: every one of these bounds stands in the verdict's scope. */
export type Bounds = {
  /** Records the producer sends. */
  records: number;
  /** How often a leader finds members of the ISR lagging, without any fault. */
  lags: number;
  /** Highest partition epoch: changes of ISR or leader. With few faults it is never reached. */
  partitionEpochs: number;
  /** Highest leader epoch: elections. With few faults it is never reached. */
  leaderEpochs: number;
  /** Metadata changes that a broker may be behind. */
  metadataLag: number;
};

export interface KafkaOptions {
  /** Replication factor, 2 to 5. */
  replicas: number;
  /** min.insync.replicas; more than there are replicas means all, as in Kafka. */
  minInsyncReplicas: number;
  acks: Acks;
  uncleanLeaderElection: boolean;
  flushEveryMessage: boolean;
  /**
   * May a fetch response be long on its way, while other things happen? Unless told otherwise, only
   * where the rules use such a response: where they do not, it is as good as lost.
   */
  lateResponses?: boolean;
  /**
   * May a leader read the records of a fetch only when it writes the response (zero copy), by then
   * following another leader? Left out unless told: followers refuse what they get (KAFKA-18723).
   */
  lateReads?: boolean;
  /** Do leaders answer clients that read? Only where there are such (models/pipeline). */
  servesReaders?: boolean;
  /**
   * Does the producer send once more what it has no answer for, and does the leader know it again
   * (enable.idempotence)? Left out unless told; `idempotence` is the model that is about it.
   */
  retries?: { most: number; idempotent: boolean };
  /** Place of the first leader in the replica order; the preferred leader (0) unless told. */
  firstLeader?: number;
  rules: Rules;
  bounds: Bounds;
  faults: Budget;
}

export const defaults: KafkaOptions = {
  replicas: 3,
  minInsyncReplicas: 2,
  acks: -1,
  uncleanLeaderElection: false,
  flushEveryMessage: false,
  rules: kafka41,
  bounds: { records: 1, lags: 1, metadataLag: 2, partitionEpochs: 12, leaderEpochs: 8 },
  faults: {},
};

/** What is given of the options; the rest is as in `defaults`. */
export type KafkaSetting = Partial<Omit<KafkaOptions, 'bounds'>> & { bounds?: Partial<Bounds> };

/** All options, those not given as in `defaults`. */
export const kafkaOptions = (given: KafkaSetting = {}): KafkaOptions => ({
  ...defaults,
  ...given,
  bounds: { ...defaults.bounds, ...given.bounds },
});

/** The system that `given` describes. */
export function kafka(given: KafkaSetting = {}): System {
  const all = kafkaOptions(given);
  const { rules, bounds, acks } = all;
  const replicas = Array.from({ length: all.replicas }, (_, i) => `b${i + 1}`);
  const minIsr = Math.min(all.minInsyncReplicas, all.replicas);
  const settings: Settings = {
    replicas,
    minIsr,
    acks,
    flushesEveryRecord: all.flushEveryMessage,
    readsLate: all.lateReads ?? false,
    servesReaders: all.servesReaders ?? false,
    deduplicates: all.retries?.idempotent ?? false,
    rules,
  };
  const { partitionEpochs, leaderEpochs, metadataLag } = bounds;
  const governed = controller({
    replicas,
    leader: replicas[all.firstLeader ?? 0]!,
    minIsr,
    uncleanElection: all.uncleanLeaderElection,
    rules,
    partitionEpochs,
    leaderEpochs,
  });
  const metadata = replicas.map((id) => ({
    id,
    ...channel(`metadata:${id}`, { capacity: metadataLag, coalesce: metadataLag }),
  }));
  const fetches = channel('fetches', { capacity: 1 });
  const answers = replicas.map((id) => ({ id, ...channel(`answers:${id}`, { capacity: 1 }) }));
  const late = all.lateResponses ?? rules.usesOldResponses;
  return defineSystem({
    name: 'kafka',
    components: {
      ...brokers(settings, imageOf(governed.start)),
      controller: governed.component,
      network: network(replicas, late ? ['metadata', 'answers'] : ['metadata']),
      producer: producer(acks, bounds.records, all.retries !== undefined),
      ledger,
      fetches: fetches.component,
      ...Object.fromEntries(metadata.map(({ id, component }) => [`metadata:${id}`, component])),
      ...(late &&
        Object.fromEntries(answers.map(({ id, component }) => [`answers:${id}`, component]))),
    },
    stimuli: [
      ...producerStimuli(replicas, bounds.records, all.retries !== undefined),
      ...brokerStimuli(settings, { late }),
      ...metadata.flatMap(({ stimuli }) => stimuli),
      ...fetches.stimuli,
      ...(late ? answers.flatMap(({ stimuli }) => stimuli) : []),
      ...controllerStimuli,
      ...networkStimuli(replicas, { records: bounds.records }),
    ],
    links: links(replicas, late),
    gate,
    budget: { ...all.faults, lag: bounds.lags, ...(all.retries && { retry: all.retries.most }) },
    bounds,
  });
}

function links(replicas: readonly string[], late: boolean): LinkRule[] {
  const lost = { lostMessage: 1 };
  return [
    // The metadata log is read in order, each broker in its own time: nothing of it is lost.
    ...replicas.map(
      (id): LinkRule => ({
        from: ['controller'],
        to: [id],
        types: ['METADATA'],
        queue: `metadata:${id}`,
      }),
    ),
    ...(late ? replicas : []).map(
      (id): LinkRule => ({ to: [id], types: ['LATE_FETCH_RESPONSE'], queue: `answers:${id}` }),
    ),
    { types: ['ORPHANED_FETCH'], queue: 'fetches' },
    // A follower may die or be cut off between a leader's reading its fetch and its reading the
    // answer: no fault is needed for the answer to be lost.
    { types: ['FETCH_RESPONSE'], loss: {} },
    // The same news comes by the metadata log; the answer may come after it.
    { types: ['ALTER_PARTITION_RESPONSE'], loss: {} },
    // What else is sent is repeated until it is answered (heartbeats, registration).
    { types: ['PRODUCE', 'PRODUCE_RESPONSE'], loss: lost },
  ];
}
