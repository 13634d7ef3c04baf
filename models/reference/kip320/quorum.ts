/**
 * The quorum and the controller that writes to it (TLA+ module KafkaReplication, variables
 * `quorumState`, `leaderAndIsrRequests` and `nextLeaderEpoch`).
 *
 * The controller is not modelled as a process. Two kinds of decision change the quorum at any time,
 * for no stated reason: an election, and the removal of a replica from the ISR. Each takes the
 * next leader epoch and adds one LeaderAndIsr request to the set of all requests ever sent. None
 * is ever taken out: a replica may read any of them at any later time, so late, lost and repeated
 * delivery need no steps of their own.
 *
 * As every request carries a new epoch, the set is kept as an array whose index is the epoch.
 * Leader and epoch of the quorum are always those of the newest request, and the next epoch is the
 * number of requests; only the ISR can differ, because the leader writes it without a request.
 */
import { type EventObject, setup } from 'xstate';
import { act, type Component, type Local, type Message } from '../../../src/model/index.ts';

/** The component's name in the system. */
export const QUORUM = 'quorum';
/** The leader epoch before any election (the specification's Nil). */
export const NO_EPOCH = -1;

/** What a LeaderAndIsr request says; its leader epoch is its place in the list of requests. */
type Request = {
  /** The leader, or null: the old one is gone and a new one not yet elected. */
  leader: string | null;
  isr: string[];
};

export interface Quorum {
  /** The ISR as the quorum knows it, sorted: the one that leaders are elected from. */
  isr: string[];
  /** All LeaderAndIsr requests ever sent, by leader epoch. */
  requests: Request[];
  /** How many epochs there may be: the specification's MaxLeaderEpoch + 1. */
  epochs: number;
  [key: string]: unknown;
}

interface Decide extends EventObject {
  type: 'SHRINK_ISR' | 'ELECT_LEADER';
  replica: string;
}
/** A leader writes its new ISR; sent only by one that has just seen that it is the true leader. */
export interface UpdateIsr extends Message {
  type: 'UPDATE_ISR';
  isr: string[];
}
type QuorumEvent = Decide | UpdateIsr;

// ----- vocabulary --------------------------------------------------------------------------

export const leaderEpochOf = (quorum: Quorum): number => quorum.requests.length - 1;

/** The quorum's leader; null before the first election and after a leader was removed. */
export const leaderOf = (quorum: Quorum): string | null =>
  quorum.requests[leaderEpochOf(quorum)]?.leader ?? null;

const isLeader = (quorum: Quorum, replica: string): boolean => leaderOf(quorum) === replica;
const isMember = (quorum: Quorum, replica: string): boolean => quorum.isr.includes(replica);
const hasEpochsLeft = (quorum: Quorum): boolean => quorum.requests.length < quorum.epochs;

export const without = (isr: string[], replica: string): string[] =>
  isr.filter((member) => member !== replica);
export const withMember = (isr: string[], replica: string): string[] =>
  [...without(isr, replica), replica].sort();

/** A new epoch: the quorum's new state, and a request with the same content (ControllerUpdateIsr). */
const decide = (quorum: Quorum, leader: string | null, isr: string[]): Partial<Quorum> => ({
  isr,
  requests: [...quorum.requests, { leader, isr }],
});

// ----- the machine -------------------------------------------------------------------------

const machine = setup({
  types: {} as {
    context: Quorum;
    events: QuorumEvent;
    input: { replicas: string[]; epochs: number };
  },
  guards: {
    // ControllerShrinkIsr: the leader can always be deposed, others only be taken out of the ISR.
    isLeaderOrMember: ({ context, event }) => {
      const { replica } = event as Decide;
      return hasEpochsLeft(context) && (isLeader(context, replica) || isMember(context, replica));
    },
    // ControllerElectLeader: a clean election, of a member of the ISR that is not leader yet.
    isOtherMember: ({ context, event }) => {
      const { replica } = event as Decide;
      return hasEpochsLeft(context) && isMember(context, replica) && !isLeader(context, replica);
    },
  },
  actions: {
    // A deposed leader leaves no leader behind. It stays in the ISR if it is the last one there,
    // so that someone is left to elect. Taking out others while nobody leads has no such floor:
    // the ISR can then become empty, and no leader can be elected any more.
    shrink: act<Quorum, Decide>((quorum, { replica }) => {
      const rest = without(quorum.isr, replica);
      if (!isLeader(quorum, replica)) return { set: decide(quorum, leaderOf(quorum), rest) };
      const isLast = quorum.isr.length === 1 && isMember(quorum, replica);
      return { set: decide(quorum, null, isLast ? quorum.isr : rest) };
    }),
    elect: act<Quorum, Decide>((quorum, { replica }) => ({
      set: decide(quorum, replica, quorum.isr),
    })),
    // QuorumUpdateLeaderAndIsr: no new epoch, no request.
    writeIsr: act<Quorum, UpdateIsr>((_, { isr }) => ({ set: { isr } })),
  },
}).createMachine({
  id: 'quorum',
  context: ({ input }) => ({ isr: input.replicas, requests: [], epochs: input.epochs }),
  initial: 'available',
  states: {
    available: {
      on: {
        SHRINK_ISR: { guard: 'isLeaderOrMember', actions: 'shrink' },
        ELECT_LEADER: { guard: 'isOtherMember', actions: 'elect' },
        UPDATE_ISR: { actions: 'writeIsr' },
      },
    },
  },
});

// ----- what replicas read of it ------------------------------------------------------------

/** The quorum's leader and its epoch, for a leader that asks whether it is the true one. */
export type Leadership = { leader: string | null; leaderEpoch: number };

export const LEADERSHIP = 'leadership';
/** The view of one LeaderAndIsr request: its ISR; null while no request elects `leader` then. */
export const requestFor = (leader: string, leaderEpoch: number): string =>
  `request for ${leader} in epoch ${leaderEpoch}`;

/** The quorum with all `replicas` in its ISR and leader epochs 0 to `epochs - 1` to come. */
export function quorum(replicas: string[], epochs: number): Component {
  const views: Component['views'] = {
    [LEADERSHIP]: ({ context }: Local): Leadership => ({
      leader: leaderOf(context as Quorum),
      leaderEpoch: leaderEpochOf(context as Quorum),
    }),
  };
  for (const replica of replicas) {
    for (let epoch = 0; epoch < epochs; epoch++) {
      views[requestFor(replica, epoch)] = ({ context }: Local): string[] | null => {
        const request = (context as Quorum).requests[epoch];
        return request?.leader === replica ? request.isr : null;
      };
    }
  }
  return { machine, input: { replicas, epochs }, views };
}
