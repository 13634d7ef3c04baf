/** The catalogue of known-bad designs of replication. */
import type { Design } from './design.ts';
import { truncationToHighWatermark } from './F1-truncation-to-high-watermark.ts';
import { divergenceAfterPowerLoss } from './F2-divergence-after-power-loss.ts';
import { truncationByOffsetAlone } from './F3-truncation-by-offset-alone.ts';
import { unfencedFetch } from './F4-unfenced-fetch.ts';
import { unfencedTruncation } from './F5-unfenced-truncation.ts';
import { highWatermarkOverCommittedIsr } from './F7a-high-watermark-over-committed-isr.ts';
import { highWatermarkOverProposedIsr } from './F7b-high-watermark-over-proposed-isr.ts';
import { lastReplicaStanding } from './F8-last-replica-standing.ts';
import { highWatermarkBelowMinIsr } from './F9-high-watermark-below-min-isr.ts';
import { expansionBeforeOwnEpoch } from './F10-expansion-before-own-epoch.ts';
import { expansionBelowHighWatermark } from './F11-expansion-below-high-watermark.ts';
import { expansionWithoutIncarnation } from './F13-expansion-without-incarnation.ts';
import { oldFetchOverwrites } from './F14-old-fetch-overwrites.ts';
import { expansionOfStoppingBroker } from './F15-expansion-of-stopping-broker.ts';
import { divergingFetchCounts } from './F16-diverging-fetch-counts.ts';
import { oldResponseCuts } from './F17-old-response-cuts.ts';
import { recordsOfLaterEpochs } from './F18-records-of-later-epochs.ts';
import { epochCacheNotTrimmed } from './F19-epoch-cache-not-trimmed.ts';
import { highWatermarkForgetsShrink } from './F20-high-watermark-forgets-shrink.ts';
import { flushThatDoesNot } from './F22-flush-that-does-not.ts';
import { fencedLastKnownLeader } from './F23-fenced-last-known-leader.ts';
import { asManyLossesAsCopies } from './F24-as-many-losses-as-copies.ts';
import { uncleanElection } from './F25-unclean-election.ts';
import { sameLeaderNewEpoch } from './F26-same-leader-new-epoch.ts';
import { acksOneInPlannedMoves } from './F28-acks-one-in-planned-moves.ts';
import { endOffsetBeforeCurrent } from './F29-end-offset-before-current.ts';
import { onlyTheLastMember } from './F30-only-the-last-member.ts';
import { deposedMeansFailed } from './F45-deposed-means-failed.ts';
import { responseAtAnyOffset } from './X1-response-at-any-offset.ts';
import { proposalGivenUp } from './X2-proposal-given-up.ts';
import { electionWithoutNewEpoch } from './X3-election-without-new-epoch.ts';
import { nobodyLeftToElect } from './X4-nobody-left-to-elect.ts';
import { noTruncation } from './X5-no-truncation.ts';
import { registrationsOfLastChange } from './X6-registrations-of-last-change.ts';
import { oldProposalAccepted } from './X7-old-proposal-accepted.ts';
import { elrTrustsUncleanRestart } from './X8-elr-trusts-unclean-restart.ts';
import { onlyTheLeaderChecks } from './X9-only-the-leader-checks.ts';
import { incarnationsCheckedByTheControllerAlone } from './X10-incarnations-checked-by-the-controller-alone.ts';

export type { Design } from './design.ts';

export const kafkaDesigns: readonly Design[] = [
  truncationToHighWatermark,
  divergenceAfterPowerLoss,
  truncationByOffsetAlone,
  unfencedFetch,
  unfencedTruncation,
  highWatermarkOverCommittedIsr,
  highWatermarkOverProposedIsr,
  lastReplicaStanding,
  highWatermarkBelowMinIsr,
  expansionBeforeOwnEpoch,
  expansionBelowHighWatermark,
  expansionWithoutIncarnation,
  oldFetchOverwrites,
  expansionOfStoppingBroker,
  divergingFetchCounts,
  oldResponseCuts,
  recordsOfLaterEpochs,
  epochCacheNotTrimmed,
  highWatermarkForgetsShrink,
  flushThatDoesNot,
  fencedLastKnownLeader,
  asManyLossesAsCopies,
  uncleanElection,
  sameLeaderNewEpoch,
  acksOneInPlannedMoves,
  endOffsetBeforeCurrent,
  onlyTheLastMember,
  deposedMeansFailed,
  responseAtAnyOffset,
  proposalGivenUp,
  electionWithoutNewEpoch,
  nobodyLeftToElect,
  noTruncation,
  registrationsOfLastChange,
  oldProposalAccepted,
  elrTrustsUncleanRestart,
  onlyTheLeaderChecks,
  incarnationsCheckedByTheControllerAlone,
];
