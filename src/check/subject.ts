/** What is explored: the inputs of the Kafka model, as plain JSON, and where they come from. */
import { type Bounds, type KafkaOptions, repair, rulesOf } from '../../models/kafka/index.ts';
import type { Deployment, TopicDeployment } from '../config/index.ts';
import type { Budget } from '../model/index.ts';

/** Settings of a topic that the model depends on. Topics with equal settings share one exploration. */
export type Subject = {
  readonly replicas: number;
  readonly minInsyncReplicas: number;
  readonly acks: '0' | '1' | 'all';
  readonly uncleanLeaderElection: boolean;
  readonly flushEveryMessage: boolean;
  readonly eligibleLeaderReplicas: boolean;
  readonly behaviour: Deployment['behaviour'];
  readonly storage: TopicDeployment['storage'];
};

/** Everything a system of the Kafka model is built from: also what a replay token carries. */
export type KafkaInput = Omit<Subject, 'storage'> & {
  readonly bounds: Bounds;
  readonly faults: Budget;
  /** Findings about Kafka itself that are taken to be repaired. */
  readonly repairs: readonly string[];
};

/** The model goes no further than this many replicas. */
export const MOST_REPLICAS = 5;

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

/** The subject of a topic. */
export function subjectOfTopic(topic: TopicDeployment, deployment: Deployment): Subject {
  return {
    replicas: topic.replicationFactor,
    minInsyncReplicas: topic.effectiveMinInsyncReplicas,
    acks: topic.acks,
    uncleanLeaderElection: topic.uncleanLeaderElection,
    flushEveryMessage: topic.flushEveryMessage,
    eligibleLeaderReplicas: topic.eligibleLeaderReplicas,
    behaviour: deployment.behaviour,
    storage: topic.storage,
  };
}

/** Options for `kafka()`. */
export function optionsOf(input: KafkaInput): KafkaOptions {
  const { behaviour, eligibleLeaderReplicas, acks, repairs, ...rest } = input;
  const rules = rulesOf(behaviour, { eligibleLeaderReplicas });
  return { ...rest, acks: ACKS[acks], rules: repair(rules, repairs) };
}

/** The subject in one line, for a heading. */
export function summaryOf(subject: Subject): string {
  const { replicas, minInsyncReplicas, acks } = subject;
  return [
    `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
    `min.insync.replicas ${minInsyncReplicas}`,
    `acks=${acks}`,
    subject.uncleanLeaderElection ? 'unclean elections' : 'clean elections',
    subject.eligibleLeaderReplicas ? 'ELR on' : 'ELR off',
    ...(subject.flushEveryMessage ? ['every record flushed'] : []),
    ...(subject.storage === 'ephemeral' ? ['ephemeral storage'] : []),
  ].join(', ');
}

/** Why a subject is beyond the model; null if it is not. */
export function beyondModel({
  replicas,
  minInsyncReplicas,
  acks,
}: Omit<Subject, 'storage'>): string | null {
  if (replicas > MOST_REPLICAS) {
    return `Not explored: ${replicas} replicas, and the model goes up to ${MOST_REPLICAS}.`;
  }
  if (minInsyncReplicas > replicas && acks === 'all') {
    return (
      `Not explored: before Kafka 3.7 min.insync.replicas=${minInsyncReplicas} with ` +
      `${replicas} ${replicas === 1 ? 'replica' : 'replicas'} refuses every write with acks=all.`
    );
  }
  return null;
}
