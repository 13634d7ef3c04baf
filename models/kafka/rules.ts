/**
 * The rules of the replication protocol: each decision that a fix in Kafka's history changed, as
 * one named function or switch. A version is a set of rules; a known-bad design replaces one.
 *
 * `kafka41` states the rules of Kafka 4.1 and later; `rulesOf` those of earlier versions.
 */
import type { ControllerState } from './controller.ts';
import { endOffset, type Log, truncateTo } from './log.ts';
import type { AlterPartition, AlterPartitionError, Fetch } from './messages.ts';
import type { Leadership, Replica } from './replica.ts';

export interface Rules {
  // ---- leader ----
  /**
   * The ISR that the high watermark waits for. Right: committed and proposed members together
   * (KIP-497), for the controller may already have accepted a proposal whose answer is still out.
   */
  isrForHighWatermark(leadership: Leadership): string[];
  /** Does the high watermark stand still while the ISR is below min.insync.replicas? (3.7, KAFKA-15583) */
  highWatermarkNeedsMinIsr: boolean;
  /** Is a fetch of another leader epoch refused? (KIP-320) */
  fencesFetch(leaderEpoch: number, fetch: Fetch): boolean;
  /** Is a fetch of an earlier incarnation of the follower refused? (KAFKA-15221) */
  fencesOldIncarnation(leadership: Leadership, fetch: Fetch): boolean;
  /** Does a fetch whose log diverges count as having reached its offset? (KAFKA-13141: no) */
  divergingFetchCounts: boolean;
  /** May a follower at `offset` join the ISR? Lower bounds on its end offset. */
  caughtUpForIsr(leader: Replica, leadership: Leadership, offset: number): boolean;
  /** May this incarnation of the follower join the ISR, as far as the leader knows? (KIP-841, KIP-903) */
  eligibleForIsr(leadership: Leadership, follower: string): boolean;
  /** Is the broker epoch of proposed members told to the controller? (KIP-903) */
  namesIncarnations: boolean;
  /** After which answers does the leader give its proposal up? Right: positive refusals (KIP-497). */
  givesUpProposal(error: AlterPartitionError): boolean;
  /** Is the high watermark looked at again when an ISR change is confirmed? (KAFKA-13091) */
  highWatermarkAfterIsrChange: boolean;
  /** Is it looked at again when an ISR change was refused and given up? Kafka: no. See Findings. */
  highWatermarkAfterRefusal: boolean;
  /** Does a leader that is elected again, unaware of leaders in between, keep what it knew of its followers? Kafka: yes. See Findings. */
  reelectionKeepsFollowers: boolean;
  /**
   * Does news of a partition epoch that the leader knows already drop a later proposal? Kafka: yes
   * (Partition.makeLeader takes an equal epoch). See Findings.
   */
  oldNewsDropsProposal: boolean;
  /** Does the leader hear of changed broker registrations when the partition did not change? */
  hearsOfRegistrations: boolean;
  /** Does the leader tell clients where its log ends? Not before it is known to be current (KIP-207). */
  tellsHighWatermark(leader: Replica, leadership: Leadership): boolean;
  /** What a client makes of NOT_LEADER_OR_FOLLOWER for a request that waits (KAFKA-13574). */
  outcomeWhenDeposed: 'unknown' | 'refused';

  // ---- follower ----
  /**
   * How a follower finds where its log leaves the leader's: by each fetch (KIP-595), or by a
   * question of its own at the start of a leader epoch (KIP-101, KIP-279), or not at all.
   */
  truncation: 'onFetch' | 'onNewEpoch' | 'never';
  /** What a follower cuts by itself when it begins to follow. Right: nothing. */
  cutBeforeFollowing(replica: Replica): Log;
  /** Does a follower that hears of a new epoch of the same leader begin anew? (KAFKA-7164) */
  newEpochOfSameLeaderCounts: boolean;
  /** Is the truncation point asked for in the leader's own epoch only? */
  fencesEpochQuery: boolean;
  /** Is the truncation point compared epoch by epoch, or once by its offset alone? (KIP-279) */
  truncatesByEpoch: boolean;
  /** Is a fetch response used although the follower's leader epoch has changed since? (KAFKA-18991) */
  usesOldResponses: boolean;
  /** Is a fetch response used whatever offset it is for? Right: only at the log's end. */
  usesResponsesAtAnyOffset: boolean;
  /** Are records refused whose epoch is above the one in the request? (KAFKA-18723) */
  refusesHigherEpochs: boolean;
  /** Cuts the log, and its epoch cache even where the log is already that short (KAFKA-10706). */
  truncate(log: Log, offset: number): Log;

  // ---- disk ----
  /** Offset below which a power loss takes nothing. Right: what was flushed (KAFKA-10101). */
  safeFromPowerLoss(replica: Replica): number;

  // ---- controller ----
  /** Are eligible leader replicas kept? (KIP-966) */
  eligibleLeaderReplicas: boolean;
  /** May the last known leader be elected when ISR and ELR are empty, and in what shape? (KIP-966, KAFKA-19522) */
  electsLastKnownLeader: 'never' | 'ifActive' | 'always';
  /** Does the controller refuse ISR members that are fenced, stopping or of another incarnation? */
  refusesIneligible(controller: ControllerState, request: AlterPartition): boolean;
  /** Is a proposal refused that was made before the partition's last change? (KIP-497) */
  refusesOldProposals: boolean;
  /** Is a broker that did not stop cleanly struck from ISR and ELR when it registers? (KIP-966) */
  distrustsUncleanRestart: boolean;
  /** Does every election raise the leader epoch? */
  electionRaisesLeaderEpoch: boolean;
  /** Does an ISR shrink raise the leader epoch? (before 3.6; KAFKA-15021) */
  shrinkRaisesLeaderEpoch: boolean;
}

/** The oldest member a proposal may have: registered, active, of the incarnation that was meant. */
function hasIneligibleMember(controller: ControllerState, request: AlterPartition): boolean {
  return Object.entries(request.isr).some(([member, brokerEpoch]) => {
    const registration = controller.brokers[member];
    return (
      registration?.status !== 'active' ||
      (brokerEpoch !== -1 && brokerEpoch !== registration.brokerEpoch)
    );
  });
}

/** Kafka 4.1 and later, new cluster. */
export const kafka41: Rules = {
  isrForHighWatermark: ({ isr, pending }) => [
    ...new Set([...isr, ...Object.keys(pending?.isr ?? {})]),
  ],
  highWatermarkNeedsMinIsr: true,
  fencesFetch: (leaderEpoch, fetch) => fetch.leaderEpoch !== leaderEpoch,
  // While the follower is fenced in the leader's metadata cache its epoch there is not known
  // (MetadataCache.getAliveBrokerEpoch), and any fetch passes.
  fencesOldIncarnation: ({ registrations }, fetch) => {
    const known = registrations[fetch.from];
    return known?.active === true && fetch.brokerEpoch < known.brokerEpoch;
  },
  divergingFetchCounts: false,
  // The leader's own high watermark may lag the true one when it has just been elected; what the
  // committed records of earlier leaders are it knows only up to where its epoch began.
  caughtUpForIsr: (leader, { epochStart }, offset) =>
    offset >= leader.highWatermark && offset >= epochStart,
  eligibleForIsr: ({ registrations, followers }, follower) =>
    registrations[follower]?.active === true &&
    followers[follower]?.brokerEpoch === registrations[follower]?.brokerEpoch,
  namesIncarnations: true,
  givesUpProposal: (error) => error === 'INELIGIBLE_REPLICA',
  highWatermarkAfterIsrChange: true,
  highWatermarkAfterRefusal: false,
  reelectionKeepsFollowers: true,
  oldNewsDropsProposal: true,
  hearsOfRegistrations: true,
  tellsHighWatermark: ({ highWatermark }, { epochStart }) => highWatermark >= epochStart,
  outcomeWhenDeposed: 'unknown',
  truncation: 'onFetch',
  cutBeforeFollowing: ({ log }) => log,
  newEpochOfSameLeaderCounts: true,
  fencesEpochQuery: true,
  truncatesByEpoch: true,
  usesOldResponses: false,
  usesResponsesAtAnyOffset: false,
  refusesHigherEpochs: true,
  truncate: truncateTo,
  safeFromPowerLoss: ({ flushed }) => flushed,
  eligibleLeaderReplicas: true,
  electsLastKnownLeader: 'ifActive',
  refusesIneligible: hasIneligibleMember,
  refusesOldProposals: true,
  distrustsUncleanRestart: true,
  electionRaisesLeaderEpoch: true,
  shrinkRaisesLeaderEpoch: false,
};

/** Behaviour levels that differ in what is modelled. */
export type Level = '3.5' | '3.9' | '4.0' | '4.1';

/** The rules of a version, before the features that a cluster switches on for itself. */
export function rulesOf(level: Level, features: { eligibleLeaderReplicas: boolean }): Rules {
  const { eligibleLeaderReplicas } = features;
  const rules: Rules = {
    ...kafka41,
    eligibleLeaderReplicas,
    electsLastKnownLeader: eligibleLeaderReplicas ? 'ifActive' : 'never',
  };
  if (level === '4.1') return rules;
  // Up to 4.0.0 a late fetch response of an older epoch was used (KAFKA-18991, fixed in 4.0.1).
  rules.usesOldResponses = true;
  // 4.0 only logs that the last known leader is not active, and elects it (KAFKA-19522).
  if (eligibleLeaderReplicas) rules.electsLastKnownLeader = 'always';
  if (level === '4.0') return rules;
  rules.refusesHigherEpochs = false;
  if (level === '3.9') return rules;
  return {
    ...rules,
    highWatermarkNeedsMinIsr: false,
    fencesOldIncarnation: () => false,
    shrinkRaisesLeaderEpoch: true,
  };
}

/** What a follower of the KIP-101 time does on its own before it asks its leader. */
export const cutToHighWatermark = ({ log, highWatermark }: Replica): Log =>
  truncateTo(log, Math.min(highWatermark, endOffset(log)));
