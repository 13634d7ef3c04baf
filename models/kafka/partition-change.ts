/**
 * How the controller changes a partition: who is in the ISR, who is eligible, who leads.
 * Source: metadata/.../controller/PartitionChangeBuilder.java (symbols named at each function).
 */
import type { Rules } from './rules.ts';

/** The partition as the controller's metadata log has it. */
export type Partition = {
  leader: string | null;
  leaderEpoch: number;
  partitionEpoch: number;
  isr: string[];
  /** Eligible leader replicas: left the ISR below min.insync.replicas, hold all that is committed. */
  elr: string[];
  /** The last leader before the partition had none; null while it has one. */
  lastKnownLeader: string | null;
};

/** What an election may choose from, and how. */
export type Election = {
  /** The partition's replicas, in order of preference. */
  replicas: readonly string[];
  minIsr: number;
  rules: Rules;
  kind: 'online' | 'preferred' | 'unclean';
  /** Unfenced and not shutting down. */
  isActive: (replica: string) => boolean;
};

/** The wanted change: the ISR, and who came back from a stop that was not clean. */
export type Change = {
  isr: string[];
  uncleanRestart?: string;
};

type Choice = { leader: string | null; unclean: boolean };

/** The partition after `change` and the election it calls for (PartitionChangeBuilder.build). */
export function changePartition(
  partition: Partition,
  change: Change,
  election: Election,
): Partition {
  const isr = targetIsr(partition, change, election.rules);
  const elr = targetElr(partition, change, isr, election);
  const choice = elect(partition, isr, elr, election);
  const next = settle(partition, isr, elr, choice, election.rules);
  const changed = JSON.stringify(next) !== JSON.stringify(partition);
  if (!changed) return partition;
  const shrinks = partition.isr.some((member) => !next.isr.includes(member));
  const { electionRaisesLeaderEpoch, shrinkRaisesLeaderEpoch } = election.rules;
  const raise =
    (next.leader !== partition.leader && electionRaisesLeaderEpoch) ||
    (shrinks && shrinkRaisesLeaderEpoch);
  return {
    ...next,
    leaderEpoch: partition.leaderEpoch + (raise ? 1 : 0),
    partitionEpoch: partition.partitionEpoch + 1,
  };
}

/** Without ELR the last member never leaves: only it is known to have all. */
function targetIsr(partition: Partition, { isr }: Change, rules: Rules): string[] {
  return isr.length === 0 && !rules.eligibleLeaderReplicas ? partition.isr : isr;
}

/** maybePopulateTargetElr. */
function targetElr(
  partition: Partition,
  { uncleanRestart }: Change,
  isr: string[],
  { minIsr, rules }: Election,
): string[] {
  if (!rules.eligibleLeaderReplicas || isr.length >= minIsr) return [];
  const candidates = new Set([...partition.elr, ...partition.isr]);
  return [...candidates].filter((r) => !isr.includes(r) && r !== uncleanRestart).sort();
}

/** electLeader, electPreferredLeader, electAnyLeader, isValidNewLeader. */
function elect(partition: Partition, isr: string[], elr: string[], election: Election): Choice {
  const { replicas, kind, isActive, rules } = election;
  const isValid = (replica: string | null): replica is string =>
    replica !== null &&
    (isr.includes(replica) || (isr.length === 0 && elr.includes(replica))) &&
    isActive(replica);
  const [preferred] = replicas;
  if (kind === 'preferred' && isValid(preferred!)) return { leader: preferred, unclean: false };
  if (isValid(partition.leader)) return { leader: partition.leader, unclean: false };
  const clean = replicas.find(isValid);
  if (clean !== undefined) return { leader: clean, unclean: false };
  if (mayElectLastKnown(partition, isr, elr, isActive, rules)) {
    return { leader: partition.lastKnownLeader, unclean: true };
  }
  const unclean = kind === 'unclean' ? replicas.find(isActive) : undefined;
  return { leader: unclean ?? null, unclean: unclean !== undefined };
}

/** canElectLastKnownLeader; that the leader must be active was tested the wrong way until KAFKA-19522. */
function mayElectLastKnown(
  partition: Partition,
  isr: string[],
  elr: string[],
  isActive: (replica: string) => boolean,
  { electsLastKnownLeader }: Rules,
): boolean {
  const { lastKnownLeader } = partition;
  if (electsLastKnownLeader === 'never' || isr.length > 0 || elr.length > 0) return false;
  if (lastKnownLeader === null) return false;
  return electsLastKnownLeader === 'always' || isActive(lastKnownLeader);
}

/** tryElection, maybeUpdateRecordElr, maybeUpdateLastKnownLeader. */
function settle(
  partition: Partition,
  isr: string[],
  elr: string[],
  { leader, unclean }: Choice,
  rules: Rules,
): Partition {
  const isNew = leader !== null && leader !== partition.leader;
  if (isNew && unclean) {
    return { ...partition, leader, isr: [leader], elr: [], lastKnownLeader: null };
  }
  const fromElr = isNew && elr.includes(leader);
  const finalIsr = fromElr ? [leader] : isr;
  const finalElr = fromElr ? elr.filter((r) => r !== leader) : elr;
  let { lastKnownLeader } = partition;
  if (leader !== null) lastKnownLeader = null;
  // Noted once, when the ISR becomes empty.
  else if (rules.eligibleLeaderReplicas && finalIsr.length === 0 && lastKnownLeader === null) {
    lastKnownLeader = partition.leader;
  }
  return { ...partition, leader, isr: finalIsr, elr: finalElr, lastKnownLeader };
}
