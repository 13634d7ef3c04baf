/**
 * How a leader changes the ISR: proposals to the controller, and its answers.
 * Source: core/.../kafka/cluster/Partition.scala (symbols named at each function).
 */
import { advance, andThen, type Effects, leads, type Settings } from './high-watermark.ts';
import { endOffset } from './log.ts';
import type { AlterPartition, AlterPartitionResponse } from './messages.ts';
import type { Proposal, Replica } from './replica.ts';

/** Proposes the follower that has just fetched, if it may join (Partition.maybeExpandIsr). */
export function proposeExpansion(settings: Settings, replica: Replica, follower: string): Effects {
  const { rules } = settings;
  const { leadership } = leads(replica);
  const mayJoin =
    leadership.pending === null &&
    !leadership.isr.includes(follower) &&
    rules.caughtUpForIsr(replica, leadership, leadership.followers[follower]!.endOffset) &&
    rules.eligibleForIsr(leadership, follower);
  return mayJoin ? propose(settings, replica, [...leadership.isr, follower]) : {};
}

/** May `laggards` be dropped: members, not the leader, each behind its log (isFollowerOutOfSync)? */
export function mayShrink(replica: Replica, laggards: readonly string[]): boolean {
  const { leadership, log, id } = leads(replica);
  return (
    leadership.pending === null &&
    laggards.every(
      (member) =>
        member !== id &&
        leadership.isr.includes(member) &&
        leadership.followers[member]?.endOffset !== endOffset(log),
    )
  );
}

/**
 * Proposes an ISR without `laggards` (Partition.maybeShrinkIsr).
 *
 * Real time decides who lags; nothing bounds how long a follower takes, so the model lets the leader
 * drop any member that is behind, at any time, without any fault; how often is a bound.
 */
export function proposeShrink(
  settings: Settings,
  replica: Replica,
  laggards: readonly string[],
): Effects {
  const { isr } = leads(replica).leadership;
  return propose(
    settings,
    replica,
    isr.filter((member) => !laggards.includes(member)),
  );
}

/** Partition.addBrokerEpochToIsr: a member is meant in the incarnation that fetched. */
function propose(settings: Settings, replica: Replica, members: string[]): Effects {
  const { leadership } = leads(replica);
  const incarnation = (member: string): number => {
    if (!settings.rules.namesIncarnations) return -1;
    if (member === replica.id) return replica.brokerEpoch;
    return leadership.followers[member]!.brokerEpoch;
  };
  const pending: Proposal = {
    isr: Object.fromEntries([...members].sort().map((member) => [member, incarnation(member)])),
    partitionEpoch: leadership.partitionEpoch,
  };
  return { set: { leadership: { ...leadership, pending } } };
}

/**
 * Sends the pending proposal; it may be sent again as long as it is pending
 * (Partition.submitAlterPartition).
 *
 * Reduction: the request's way to the controller is the time the proposal stays pending before this
 * move; the channel of a request that outlives its sender is left out, for the controller would see
 * the same request a little earlier. Assumed: one copy is under way at a time.
 * // OPEN: a connection that breaks makes the leader send anew, and the first copy might still be
 * // read later, after the second was refused; accepted then, the leader would not count the member.
 */
export function sendProposal(replica: Replica): Effects {
  const { leadership } = leads(replica);
  const request: AlterPartition = {
    type: 'ALTER_PARTITION',
    to: 'controller',
    from: replica.id,
    brokerEpoch: replica.brokerEpoch,
    leaderEpoch: replica.leaderEpoch,
    partitionEpoch: leadership.pending!.partitionEpoch,
    isr: leadership.pending!.isr,
  };
  return { send: [request] };
}

/**
 * The controller's answer (Partition.handleAlterPartitionUpdate, handleAlterPartitionError).
 *
 * Only a positive refusal brings the leader back to the committed ISR. After any other error the
 * proposal stays pending, and the larger ISR in force, until the metadata log tells what holds.
 */
export function concludeProposal(
  settings: Settings,
  replica: Replica,
  { error, isr, partitionEpoch, leaderEpoch, requested }: AlterPartitionResponse,
): Effects {
  const { rules } = settings;
  const { leadership } = leads(replica);
  if (leadership.pending?.partitionEpoch !== requested) return {};
  if (error !== null) {
    if (!rules.givesUpProposal(error)) return {};
    const committed = { set: { leadership: { ...leadership, pending: null } } };
    if (!rules.highWatermarkAfterRefusal) return committed;
    return andThen(replica, committed, (me) => advance(settings, me));
  }
  if (leaderEpoch !== replica.leaderEpoch) return {};
  const set = { leadership: { ...leadership, isr, partitionEpoch, pending: null } };
  if (!rules.highWatermarkAfterIsrChange) return { set };
  return andThen(replica, { set }, (me) => advance(settings, me));
}
