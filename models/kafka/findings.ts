/**
 * Findings: where Kafka as implemented breaks a claim within the model's bounds.
 *
 * The model keeps the faithful behaviour; each finding's smallest repair is a switch. README,
 * "Findings", tells each with its shortest trace.
 */
import type { Finding as FindingOf } from '../../src/model/index.ts';
import { kafka41, type Rules } from './rules.ts';

/** One finding about Kafka itself. */
export type Finding = FindingOf<Rules>;

export const findings: readonly Finding[] = [
  {
    id: 'KF-1',
    title:
      "News of an ISR change that the leader knows already from the controller's answer drops a later proposal that is still out; if the controller accepts that proposal, the leader moves its high watermark without the new member.",
    breaks: 'theLeaderCountsEveryMember',
    source:
      'core/.../cluster/Partition.scala makeLeader (an equal partition epoch is taken), updateAssignmentAndIsr, submitAlterPartition (an answer to a dropped proposal is ignored); metadata/.../image/TopicDelta.java localChanges; read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs metadata that arrives later than two answers of the controller and, as the leader waits a while for a follower that was caught up, by more than replica.lag.time.max.ms.',
    repair: { oldNewsDropsProposal: false },
  },
  {
    id: 'KF-2',
    title:
      'A leader that is elected again without having heard of a leader in between keeps the end offsets its followers had; one that has been cut back since is counted with records it no longer has.',
    breaks: 'electableReplicasAreComplete',
    source:
      'core/.../cluster/Replica.scala resetReplicaState (isNewLeader is false for a broker that leads already), Partition.makeLeader; brokers read several metadata records as one delta; read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs two elections that one broker reads as one.',
    repair: { reelectionKeepsFollowers: false },
  },
  {
    id: 'KF-3',
    title:
      'When the controller refuses a proposed ISR member, the leader gives the proposal up but does not look at its high watermark again: a write that waited only for that member waits on.',
    breaks: 'waitingWritesAreAnswered',
    source:
      'core/.../cluster/Partition.scala handleAlterPartitionError (INELIGIBLE_REPLICA); read in 4.0',
    confidence:
      'Read in the code. The write ends by its request timeout, or with the next fetch that brings news.',
    repair: { highWatermarkAfterRefusal: true },
  },
  {
    id: 'KF-4',
    title:
      "While a follower is fenced in the leader's metadata cache the leader does not know its broker epoch and takes any fetch of it, also one that an earlier incarnation sent before it lost records.",
    breaks: 'electableReplicasAreComplete',
    source:
      'core/.../cluster/Replica.scala updateFetchStateOrThrow; core/.../server/metadata/KRaftMetadataCache.scala getAliveBrokerEpoch (none while fenced); read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs a fetch that is read after its sender restarted, and was fenced once more.',
    repair: {
      fencesOldIncarnation: ({ registrations }, fetch) =>
        fetch.brokerEpoch < (registrations[fetch.from]?.brokerEpoch ?? -1),
    },
  },
];

/** `rules` with the named findings repaired; all of them unless told. */
export function repair(rules: Rules, ids: readonly string[] = findings.map(({ id }) => id)): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((mended, { repair: change }) => Object.assign(mended, change), { ...rules });
}

/** Kafka 4.1 as it would be right: the known-bad designs are measured against it. */
export const repaired: Rules = repair(kafka41);
