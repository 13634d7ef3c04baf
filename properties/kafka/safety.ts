/**
 * Safety of replication: what must be true in every reachable state.
 *
 * Names follow P1-P12 of the property catalogue: each is a true sentence about a right system.
 * "Exposed" is what any leader ever showed to readers: the log below its high watermark.
 */
import type { Claim, Violation } from '../../src/model/index.ts';
import * as view from './views.ts';
import { ofBrokers, type Subject } from './views.ts';

type Brokers<T> = Record<string, T>;

/** The brokers' views out of all views of a claim. */
const brokersOf = <T>({ brokers }: Subject, views: Brokers<unknown>): [string, T][] =>
  brokers.map((id) => [id, views[id] as T]);

const isPrefix = (prefix: readonly string[], of: readonly string[]): boolean =>
  prefix.every((entry, offset) => of[offset] === entry);

/** P1: whatever was acknowledged is on the elected leader, and on some disk at all. */
const acknowledgedRecordsSurvive = (subject: Subject): Claim => ({
  name: 'acknowledgedRecordsSurvive',
  modality: 'always',
  means:
    'Every record the producer was told is safe is in the log of the elected leader whenever that broker runs, and is never gone from all disks.',
  cites:
    'Kafka documentation, design, "Message delivery semantics"; Vanlightly kip-966 LeaderCompletenessProperty, NoCommittedRecordLostGlobally',
  reads: {
    producer: view.acknowledged,
    controller: view.elected,
    ...ofBrokers(subject, view.values),
  },
  check: (views): Violation | null => {
    const { leader } = views.controller as view.Elected;
    const replicas = brokersOf<view.Values>(subject, views);
    for (const record of views.producer as number[]) {
      const holders = replicas
        .filter(([, { values }]) => values.includes(record))
        .map(([id]) => id);
      if (holders.length === 0) {
        return {
          because: `record ${record} was acknowledged and is on no disk any more`,
          witness: { record, leader },
        };
      }
      const elected = replicas.find(([id]) => id === leader)?.[1];
      if (elected?.running && !elected.values.includes(record)) {
        return {
          because: `record ${record} was acknowledged, but ${leader} was elected without it`,
          witness: { record, leader, holders },
        };
      }
    }
    return null;
  },
});

/** P2, StrongIsr of the KIP-320 specification. */
const electableReplicasAreComplete = (subject: Subject): Claim => ({
  name: 'electableReplicasAreComplete',
  modality: 'always',
  means:
    "Every running member of the controller's ISR or ELR holds all that readers were ever shown.",
  cites:
    'hachikuji/kafka-specification StrongIsr; Vanlightly kip-966 LeaderCandidateCompletenessProperty',
  reads: {
    ledger: view.shown,
    controller: view.governed,
    ...ofBrokers(subject, view.holding),
  },
  check: (views): Violation | null => {
    const { isr, elr } = views.controller as view.Governed;
    const { exposed } = views.ledger as view.Shown;
    for (const [id, { running, entries }] of brokersOf<view.Holding>(subject, views)) {
      const group = isr.includes(id) ? 'ISR' : elr.includes(id) ? 'ELR' : null;
      if (running && group && !isPrefix(exposed, entries)) {
        return {
          because: `${id} is in the ${group} without records that readers were shown`,
          witness: { replica: id, holds: entries, shown: exposed },
        };
      }
    }
    return null;
  },
});

/** P3 */
const electedLeadersAreComplete = (subject: Subject): Claim => ({
  name: 'electedLeadersAreComplete',
  modality: 'always',
  means: 'The elected leader, whenever it runs, holds all that readers were ever shown.',
  cites: 'Vanlightly kip-966 LeaderCompletenessProperty',
  reads: {
    ledger: view.shown,
    controller: view.elected,
    ...ofBrokers(subject, view.holding),
  },
  check: (views): Violation | null => {
    const { leader } = views.controller as view.Elected;
    const { exposed } = views.ledger as view.Shown;
    const held = leader === null ? null : (views[leader] as view.Holding);
    if (!held?.running || isPrefix(exposed, held.entries)) return null;
    return {
      because: `${leader} was elected without records that readers were shown`,
      witness: { leader, holds: held.entries, shown: exposed },
    };
  },
});

/** P4 */
const replicasAgreeBelowTheirHighWatermarks = (subject: Subject): Claim => ({
  name: 'replicasAgreeBelowTheirHighWatermarks',
  modality: 'always',
  means: 'Any two replicas hold the same records below the lower of their own high watermarks.',
  cites: 'Vanlightly kip-966 LogMatchingProperty',
  reads: ofBrokers(subject, view.committed),
  check: (views): Violation | null => {
    const replicas = brokersOf<string[]>(subject, views);
    for (const [i, [a, ofA]] of replicas.entries()) {
      for (const [b, ofB] of replicas.slice(i + 1)) {
        const common = Math.min(ofA.length, ofB.length);
        const offset = ofA.slice(0, common).findIndex((entry, at) => entry !== ofB[at]);
        if (offset >= 0) {
          return {
            because: `${a} and ${b} hold different committed records at offset ${offset}`,
            witness: { offset, [a]: ofA[offset]!, [b]: ofB[offset]! },
          };
        }
      }
    }
    return null;
  },
});

/** P4, the stronger form that replication by epochs rests on. */
const oneEpochWritesAnOffsetOnce = (subject: Subject): Claim => ({
  name: 'oneEpochWritesAnOffsetOnce',
  modality: 'always',
  means:
    'Two replicas whose records at an offset carry the same epoch hold the same records up to it.',
  cites: 'KIP-101; Raft, log matching',
  reads: ofBrokers(subject, view.holding),
  check: (views): Violation | null => {
    const replicas = brokersOf<view.Holding>(subject, views);
    for (const [i, [a, { entries: ofA }]] of replicas.entries()) {
      for (const [b, { entries: ofB }] of replicas.slice(i + 1)) {
        const offset = ofA.findLastIndex(
          (entry, at) => entry.split('@')[1] === ofB[at]?.split('@')[1],
        );
        if (!isPrefix(ofA.slice(0, offset + 1), ofB)) {
          return {
            because: `${a} and ${b} agree on the epoch at offset ${offset} but not on the records up to it`,
            witness: { offset, [a]: ofA, [b]: ofB },
          };
        }
      }
    }
    return null;
  },
});

/** P5 */
const whatReadersSawStays = (subject: Subject): Claim => ({
  name: 'whatReadersSawStays',
  modality: 'always',
  means:
    'No leader ever shows readers another record at an offset than was shown before, and the elected leader still has what they were shown.',
  cites: 'Vanlightly kip-966 ConsistentReadProperty; Jepsen inconsistent-offsets',
  reads: electedLeadersAreComplete(subject).reads,
  check: (views): Violation | null => {
    const { contradictedAt } = views.ledger as view.Shown;
    if (contradictedAt !== null) {
      return {
        because: `readers were shown two different records at offset ${contradictedAt}`,
        witness: { offset: contradictedAt },
      };
    }
    return electedLeadersAreComplete(subject).check(views);
  },
});

/** P6 */
const theHighWatermarkToldNeverFalls = (subject: Subject): Claim => ({
  name: 'theHighWatermarkToldNeverFalls',
  modality: 'always',
  means:
    'The elected leader, once its high watermark has reached the start of its epoch (before that it does not answer ListOffsets), tells no lower end than readers were shown.',
  cites: 'KIP-207, KAFKA-2334',
  reads: {
    ledger: view.shown,
    controller: view.elected,
    ...ofBrokers(subject, view.telling(subject)),
  },
  check: (views): Violation | null => {
    const { leader, leaderEpoch } = views.controller as view.Elected;
    const { exposed } = views.ledger as view.Shown;
    const told = leader === null ? null : (views[leader] as view.Told);
    if (told?.leaderEpoch !== leaderEpoch || told.end >= exposed.length) return null;
    return {
      because: `${leader} tells readers the log ends at ${told.end}, they were shown ${exposed.length}`,
      witness: { leader, told: told.end, shown: exposed },
    };
  },
});

/** P8 */
const theLeaderCountsEveryMember = (subject: Subject): Claim => ({
  name: 'theLeaderCountsEveryMember',
  modality: 'always',
  means:
    "The leader of the controller's epoch waits with its high watermark for every member that the controller has in the ISR.",
  cites: 'KIP-497; Vanlightly ReplicationQuorumSupersetProperty',
  reads: { controller: view.governed, ...ofBrokers(subject, view.leading) },
  check: (views): Violation | null => {
    const { leader, leaderEpoch, isr } = views.controller as view.Governed;
    const claimed = leader === null ? null : (views[leader] as view.LeaderView | null);
    if (claimed?.leaderEpoch !== leaderEpoch) return null;
    const missing = isr.filter((id) => !claimed.maximalIsr.includes(id));
    if (missing.length === 0) return null;
    return {
      because: `${leader} does not count ${missing.join(', ')}, whom the controller has in the ISR`,
      witness: { leader, counts: claimed.maximalIsr, isr },
    };
  },
});

/** P9 */
const oneLeaderPerEpoch = (subject: Subject): Claim => ({
  name: 'oneLeaderPerEpoch',
  modality: 'always',
  means: 'No two brokers lead in the same leader epoch.',
  cites: 'KIP-101; Raft, election safety',
  reads: ofBrokers(subject, view.role),
  check: (views): Violation | null => {
    const leaders = brokersOf<view.Role>(subject, views).filter(([, { leading }]) => leading);
    for (const [i, [a, { leaderEpoch }]] of leaders.entries()) {
      const other = leaders.slice(i + 1).find(([, b]) => b.leaderEpoch === leaderEpoch);
      if (other) {
        return {
          because: `${a} and ${other[0]} both lead in epoch ${leaderEpoch}`,
          witness: { epoch: leaderEpoch, leaders: [a, other[0]] },
        };
      }
    }
    return null;
  },
});

/** P10 */
const acknowledgedMeansMinInsyncCopies = (subject: Subject): Claim => ({
  name: 'acknowledgedMeansMinInsyncCopies',
  modality: 'always',
  means:
    'A record acknowledged with acks=all is on at least min.insync.replicas disks, less one for each disk that a fault has taken it from.',
  cites: 'Kafka documentation, design, "Availability and durability guarantees"; KAFKA-15583',
  reads: {
    producer: view.acknowledged,
    ledger: view.losses,
    ...ofBrokers(subject, view.values),
  },
  check: (views): Violation | null => {
    for (const record of views.producer as number[]) {
      const lost = (views.ledger as Record<string, number>)[record] ?? 0;
      const wanted = subject.minInsyncReplicas - lost;
      const holders = brokersOf<view.Values>(subject, views)
        .filter(([, { values }]) => values.includes(record))
        .map(([id]) => id);
      if (holders.length < wanted) {
        return {
          because: `record ${record} was acknowledged and is on ${holders.length} disks, not ${wanted}`,
          witness: { record, holders },
        };
      }
    }
    return null;
  },
});

/** Claims of safety about replicas and leaders. */
export const replicationSafety = (subject: Subject): Claim[] => [
  acknowledgedRecordsSurvive(subject),
  electableReplicasAreComplete(subject),
  electedLeadersAreComplete(subject),
  // A single record cannot differ from itself.
  ...(subject.bounds.records > 1 ? [replicasAgreeBelowTheirHighWatermarks(subject)] : []),
  oneEpochWritesAnOffsetOnce(subject),
  whatReadersSawStays(subject),
  theHighWatermarkToldNeverFalls(subject),
  theLeaderCountsEveryMember(subject),
  oneLeaderPerEpoch(subject),
  // Said of acks=all only.
  ...(subject.acks === -1 ? [acknowledgedMeansMinInsyncCopies(subject)] : []),
];
