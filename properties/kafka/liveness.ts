/**
 * Recovery: what stays reachable from every state once faults stop (L1-L5), and what the cluster can
 * do for itself before anybody repairs anything.
 *
 * Past the model's bounds nothing is said: a state at a bound counts as recovered, for the bound and
 * not the protocol is what stops it there.
 */
import type { Claim, Violation } from '../../src/model/index.ts';
import * as view from './views.ts';
import { ofBrokers, type Subject } from './views.ts';

type Within = view.Governed & { atBound: boolean };

/** L1, L5 */
const aLeaderIsFoundAgain = (subject: Subject): Claim => ({
  name: 'aLeaderIsFoundAgain',
  modality: 'recovers',
  means:
    'Once faults stop and brokers are restarted, a leader is elected, it knows of it, and every running broker knows its epoch.',
  cites: 'Vanlightly kraft EventuallyMetadataConverges',
  reads: { controller: view.governedWithin(subject), ...ofBrokers(subject, view.role) },
  check: (views): Violation | null => {
    const { leader, leaderEpoch, atBound } = views.controller as Within;
    if (atBound) return null;
    if (leader === null) return { because: 'nobody leads' };
    const late = subject.brokers.filter((id) => {
      const { running, leaderEpoch: known } = views[id] as view.Role;
      return running && known !== leaderEpoch;
    });
    const { leading } = views[leader] as view.Role;
    if (!leading) return { because: `${leader} is elected and does not lead` };
    return late.length === 0 ? null : { because: `${late.join(', ')} did not hear of ${leader}` };
  },
});

/** L3 */
const everyReplicaRejoins = (subject: Subject): Claim => ({
  name: 'everyReplicaRejoins',
  modality: 'recovers',
  means: 'Once faults stop and brokers are restarted, every replica is in the ISR again.',
  cites: 'Vanlightly kraft EventuallyReassignmentCompletes; KAFKA-13916',
  reads: { controller: view.governedWithin(subject) },
  check: (views): Violation | null => {
    const { isr, atBound } = views.controller as Within;
    const missing = subject.brokers.filter((id) => !isr.includes(id));
    if (atBound || missing.length === 0) return null;
    return { because: `${missing.join(', ')} stays outside the ISR`, witness: { isr } };
  },
});

/** L4 */
const followersCatchUp = (subject: Subject): Claim => ({
  name: 'followersCatchUp',
  modality: 'recovers',
  means: 'Once faults stop and brokers are restarted, every replica holds what the leader holds.',
  cites: 'KAFKA-10706, KAFKA-15608',
  reads: { controller: view.governedWithin(subject), ...ofBrokers(subject, view.holding) },
  check: (views): Violation | null => {
    const { leader, atBound } = views.controller as Within;
    if (atBound) return null;
    if (leader === null) return { because: 'nobody leads' };
    const wanted = (views[leader] as view.Holding).entries.join();
    const behind = subject.brokers.filter((id) => {
      const { running, entries } = views[id] as view.Holding;
      return !running || entries.join() !== wanted;
    });
    return behind.length === 0
      ? null
      : { because: `${behind.join(', ')} does not catch up with ${leader}` };
  },
});

/** L2 */
const waitingWritesAreAnswered = (subject: Subject): Claim => ({
  name: 'waitingWritesAreAnswered',
  modality: 'recovers',
  unaided: true,
  means:
    "A write that waits at the elected leader is answered without anybody's help while enough replicas run.",
  cites: 'KAFKA-13091; Vanlightly kraft EventuallyWriteIsAcceptedOrRejected',
  reads: { controller: view.governedWithin(subject), ...ofBrokers(subject, liveLeader) },
  check: (views): Violation | null => {
    const { leader, leaderEpoch, atBound } = views.controller as Within;
    if (atBound || leader === null) return null;
    const running = subject.brokers.filter((id) => (views[id] as Live).running);
    if (running.length < subject.minInsyncReplicas) return null;
    const { lead } = views[leader] as Live;
    return lead?.leaderEpoch === leaderEpoch && lead.waits
      ? { because: `a write waits at ${leader} for ever`, witness: { running } }
      : null;
  },
});

type Live = { running: boolean; lead: view.LeaderView | null };
function liveLeader(local: Parameters<typeof view.leading>[0]): Live {
  return { running: view.isRunning(local), lead: view.leading(local) };
}

/** Availability: one broker may be down without writes coming to a stand. */
const writesGoOnWithOneBrokerDown = (subject: Subject): Claim => ({
  name: 'writesGoOnWithOneBrokerDown',
  modality: 'recovers',
  unaided: true,
  means:
    'With at most one broker down the partition becomes writable again by itself: a leader leads, and for acks=all its ISR has min.insync.replicas members.',
  cites: 'Kafka documentation, design, "Availability and durability guarantees"; KIP-966',
  reads: { controller: view.governedWithin(subject), ...ofBrokers(subject, liveLeader) },
  check: (views): Violation | null => {
    const { leader, leaderEpoch, atBound } = views.controller as Within;
    const down = subject.brokers.filter((id) => !(views[id] as Live).running);
    if (atBound || down.length > 1) return null;
    const lead = leader === null ? null : (views[leader] as Live).lead;
    if (lead?.leaderEpoch !== leaderEpoch) {
      return { because: 'nobody leads', witness: { down } };
    }
    const enough = subject.acks !== -1 || lead.isr.length >= subject.minInsyncReplicas;
    return enough
      ? null
      : { because: `acks=all is refused: the ISR is ${lead.isr.join(', ')}`, witness: { down } };
  },
});

export const liveness = (subject: Subject): Claim[] => [
  aLeaderIsFoundAgain(subject),
  everyReplicaRejoins(subject),
  followersCatchUp(subject),
  waitingWritesAreAnswered(subject),
  writesGoOnWithOneBrokerDown(subject),
];
