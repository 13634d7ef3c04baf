/**
 * The KRaft controller, abstractly: one process that reads its state and appends to the metadata
 * log in one step. What a broker hears of it, and when, is the metadata channels' business.
 *
 * Left out: the quorum itself (a failover is a lost answer), reassignment, topic deletion, leader
 * recovery state (the leader acknowledges it at once), the periodic scans that only repeat what the
 * events here do.
 *
 * Sources: metadata/.../controller/ReplicationControlManager.java (RCM), ClusterControlManager.java
 * (CCM), BrokerHeartbeatManager.java; KIP-631, 841, 903, 966.
 */
import { setup } from 'xstate';
import {
  act,
  beyondBounds,
  type Component,
  type Effect,
  type Message,
  type Stimulus,
} from '../../src/model/index.ts';
import type * as m from './messages.ts';
import { type Change, changePartition, type Election, type Partition } from './partition-change.ts';
import type { Rules } from './rules.ts';

/** A broker as the controller has it registered. */
type Registered = {
  brokerEpoch: number;
  /** `stopping`: in controlled shutdown, `fenced`: no session. */
  status: 'active' | 'fenced' | 'stopping';
};

export type ControllerState = {
  partition: Partition;
  brokers: Record<string, Registered>;
  [key: string]: unknown;
};

/** How the partition is governed, and how far the model follows it. */
export interface Governance {
  replicas: readonly string[];
  /** Who leads first. */
  leader: string;
  minIsr: number;
  /** unclean.leader.election.enable */
  uncleanElection: boolean;
  rules: Rules;
  /** Bound: the controller makes no change that would go beyond. */
  partitionEpochs: number;
  leaderEpochs: number;
}

type Events =
  | m.AlterPartition
  | m.ControlledShutdown
  | m.Heartbeat
  | m.Register
  | m.SessionExpired
  | { type: 'ELECT_PREFERRED' };

/** The image of the partition and the registrations that the metadata log now tells. */
export const imageOf = ({ partition, brokers }: ControllerState): m.Image => ({
  leader: partition.leader,
  leaderEpoch: partition.leaderEpoch,
  partitionEpoch: partition.partitionEpoch,
  isr: partition.isr,
  brokers: Object.fromEntries(
    Object.entries(brokers).map(([id, { brokerEpoch, status }]) => [
      id,
      { brokerEpoch, active: status === 'active' },
    ]),
  ),
});

/** The controller as a step function: what each event makes of its state. */
class Controller {
  private readonly governance: Governance;
  constructor(governance: Governance) {
    this.governance = governance;
  }

  /** RCM.handleBrokerFenced: out of the ISR, out of leadership. */
  expire(state: ControllerState, { broker }: m.SessionExpired): Effect<ControllerState> {
    return this.remove(state, broker, { ...state.brokers[broker]!, status: 'fenced' });
  }

  /**
   * CCM.registerBroker, RCM.handleUncleanBrokerShutdown. With ELR a broker that did not stop
   * cleanly is trusted with nothing any more; without, it is handled as fenced: the ISR's last
   * member stays.
   */
  register(state: ControllerState, { from, cleanlyStopped }: m.Register): Effect<ControllerState> {
    const known = state.brokers[from]!;
    // Broker epochs are offsets of the metadata log; only those of one broker are ever compared.
    const registered: Registered = { brokerEpoch: known.brokerEpoch + 1, status: 'fenced' };
    const isClean = cleanlyStopped === known.brokerEpoch;
    const brokers = { ...state.brokers, [from]: registered };
    const { eligibleLeaderReplicas, distrustsUncleanRestart } = this.governance.rules;
    const distrusted = !isClean && eligibleLeaderReplicas && distrustsUncleanRestart;
    const next = distrusted
      ? this.change({ ...state, brokers }, without(state.partition, from), from)
      : this.change({ ...state, brokers }, without(state.partition, from));
    if (!this.isWithinBounds(next)) return { send: [beyondBounds] };
    const reply: m.Registered = {
      type: 'REGISTERED',
      to: from,
      brokerEpoch: registered.brokerEpoch,
      image: imageOf(next),
    };
    return { set: next, send: [...this.publish(state, next, from), reply] };
  }

  /** Unfencing by heartbeat; an election only if nobody leads (RCM.handleBrokerUnfenced). */
  heartbeat(state: ControllerState, { from, brokerEpoch }: m.Heartbeat): Effect<ControllerState> {
    const known = state.brokers[from]!;
    if (known.status !== 'fenced' || known.brokerEpoch !== brokerEpoch) return {};
    const brokers: ControllerState['brokers'] = {
      ...state.brokers,
      [from]: { ...known, status: 'active' },
    };
    const next = { ...state, brokers };
    const isLeaderless = state.partition.leader === null;
    return this.commit(state, isLeaderless ? this.change(next, state.partition.isr) : next);
  }

  /** A broker asks to stop: it is moved out of ISR and leadership where that is possible (KIP-841). */
  shutDown(state: ControllerState, { from }: m.ControlledShutdown): Effect<ControllerState> {
    if (state.brokers[from]!.status !== 'active') return {};
    const removed = this.remove(state, from, { ...state.brokers[from]!, status: 'stopping' });
    const mayStop: m.MayStop = { type: 'MAY_STOP', to: from };
    return removed.set ? { ...removed, send: [...(removed.send ?? []), mayStop] } : {};
  }

  /** An operator or the balancer moves leadership to the preferred replica. */
  electPreferred(state: ControllerState): Effect<ControllerState> {
    const next = this.change(state, state.partition.isr, undefined, 'preferred');
    return next.partition === state.partition ? {} : this.commit(state, next);
  }

  /** RCM.alterPartition, validateAlterPartitionData; the order of the checks is the source's. */
  alterPartition(state: ControllerState, request: m.AlterPartition): Effect<ControllerState> {
    const error = this.refusal(state, request);
    const isr = Object.keys(request.isr).sort();
    const next = error === null ? this.change(state, isr) : state;
    if (!this.isWithinBounds(next)) return { send: [beyondBounds] };
    const { leaderEpoch, partitionEpoch } = next.partition;
    const response: m.AlterPartitionResponse = {
      type: 'ALTER_PARTITION_RESPONSE',
      to: request.from,
      error,
      leaderEpoch,
      partitionEpoch,
      isr: next.partition.isr,
      requested: request.partitionEpoch,
    };
    if (error !== null) return { send: [response] };
    return { set: next, send: [...this.publish(state, next), response] };
  }

  private refusal(state: ControllerState, request: m.AlterPartition): m.AlterPartitionError | null {
    const { partition, brokers } = state;
    const { rules } = this.governance;
    if (request.brokerEpoch !== brokers[request.from]?.brokerEpoch) return 'STALE_BROKER_EPOCH';
    if (request.leaderEpoch > partition.leaderEpoch) return 'NOT_CONTROLLER';
    if (request.partitionEpoch > partition.partitionEpoch) return 'NOT_CONTROLLER';
    if (request.leaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (request.from !== partition.leader) return 'INVALID_REQUEST';
    const isOld = request.partitionEpoch < partition.partitionEpoch;
    if (isOld && rules.refusesOldProposals) return 'INVALID_UPDATE_VERSION';
    if (!Object.hasOwn(request.isr, request.from)) return 'INVALID_REQUEST';
    if (rules.refusesIneligible(state, request)) return 'INELIGIBLE_REPLICA';
    return null;
  }

  private remove(state: ControllerState, id: string, as: Registered): Effect<ControllerState> {
    if (state.brokers[id]!.status === as.status) return {};
    const next = { ...state, brokers: { ...state.brokers, [id]: as } };
    return this.commit(state, this.change(next, without(state.partition, id)));
  }

  private change(
    state: ControllerState,
    isr: string[],
    uncleanRestart?: string,
    kind?: Election['kind'],
  ): ControllerState {
    const { replicas, minIsr, rules, uncleanElection } = this.governance;
    const change: Change = uncleanRestart === undefined ? { isr } : { isr, uncleanRestart };
    const partition = changePartition(state.partition, change, {
      replicas,
      minIsr,
      rules,
      kind: kind ?? (uncleanElection ? 'unclean' : 'online'),
      isActive: (id) => state.brokers[id]?.status === 'active',
    });
    return { ...state, partition };
  }

  private commit(before: ControllerState, next: ControllerState): Effect<ControllerState> {
    return this.isWithinBounds(next)
      ? { set: next, send: this.publish(before, next) }
      : { send: [beyondBounds] };
  }

  private isWithinBounds({ partition }: ControllerState): boolean {
    const { partitionEpochs, leaderEpochs } = this.governance;
    return partition.partitionEpoch <= partitionEpochs && partition.leaderEpoch <= leaderEpochs;
  }

  /**
   * Every broker will read the new state of the metadata log, each in its own time. A broker that
   * does not lead has no use for a change within a leader epoch, so it is not told of one.
   */
  private publish(before: ControllerState, state: ControllerState, except?: string): Message[] {
    const image = imageOf(state);
    const isNewEpoch = image.leaderEpoch > before.partition.leaderEpoch;
    return this.governance.replicas
      .filter((id) => id !== except && (isNewEpoch || id === image.leader))
      .map((id): m.Metadata => ({ type: 'METADATA', to: id, image }));
  }
}

const without = ({ isr }: Partition, id: string): string[] => isr.filter((member) => member !== id);

/** The controller of a partition that starts with every replica in the ISR. */
export function controller(governance: Governance): {
  component: Component;
  start: ControllerState;
} {
  const steps = new Controller(governance);
  const does = <E extends Events>(
    step: (state: ControllerState, event: E) => Effect<ControllerState>,
  ) => act<ControllerState, E>((state, event) => step.call(steps, state, event));
  const machine = setup({
    types: {} as { context: ControllerState; events: Events; input: { start: ControllerState } },
    actions: {
      expire: does(steps.expire),
      register: does(steps.register),
      heartbeat: does(steps.heartbeat),
      shutDown: does(steps.shutDown),
      electPreferred: does(steps.electPreferred),
      alterPartition: does(steps.alterPartition),
    },
  }).createMachine({
    id: 'controller',
    context: ({ input }) => input.start,
    initial: 'active',
    states: {
      active: {
        on: {
          SESSION_EXPIRED: { actions: 'expire' },
          REGISTER: { actions: 'register' },
          HEARTBEAT: { actions: 'heartbeat' },
          CONTROLLED_SHUTDOWN: { actions: 'shutDown' },
          ELECT_PREFERRED: { actions: 'electPreferred' },
          ALTER_PARTITION: { actions: 'alterPartition' },
        },
      },
    },
  });
  const start = firstState(governance);
  return { component: { machine, input: { start } }, start };
}

function firstState({ replicas, leader }: Governance): ControllerState {
  return {
    partition: {
      leader,
      leaderEpoch: 0,
      partitionEpoch: 0,
      isr: [...replicas].sort(),
      elr: [],
      lastKnownLeader: null,
    },
    brokers: Object.fromEntries(replicas.map((id) => [id, { brokerEpoch: 0, status: 'active' }])),
  };
}

/** An operator's or the balancer's preferred election, as often as the budget allows. */
export const controllerStimuli: Stimulus[] = [
  {
    to: 'controller',
    event: { type: 'ELECT_PREFERRED' },
    class: 'fault',
    cost: { preferredElection: 1 },
  },
];
