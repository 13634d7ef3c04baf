/** Where a partition and its brokers stand when a fault strikes. */
import type { Local, Phases, Stimulus } from '../../src/model/index.ts';
import type { ControllerState } from './controller.ts';
import type { Replica } from './replica.ts';

/**
 * The partition as the controller has it. An election is one step of the controller, so that there is
 * no phase of electing: `leaderless` is a partition for which nobody could be elected.
 */
export const partitionPhases: Phases = {
  of: 'the partition, as the controller sees it',
  phases: ['healthy', 'shrunk', 'rejoining', 'leaderless'],
  component: () => 'controller',
  at: ({ context }: Local) => {
    const { partition, brokers } = context as ControllerState;
    if (partition.leader === null) return 'leaderless';
    const missing = Object.keys(brokers).filter((id) => !partition.isr.includes(id));
    if (missing.length === 0) return 'healthy';
    return missing.some((id) => brokers[id]!.status === 'active') ? 'rejoining' : 'shrunk';
  },
};

/** The broker that is struck, or whose conversation with the producer is. */
export const brokerPhases: Phases = {
  of: 'the broker that is struck',
  phases: ['leading', 'proposing', 'following', 'idle', 'offline'],
  component: ({ to, event }: Stimulus) => {
    const named = (event as unknown as { broker?: string }).broker;
    if (named !== undefined) return named;
    return event.type === 'SHUT_DOWN' ? to : null;
  },
  at: ({ value, context }: Local) => {
    if (value === 'offline') return 'offline';
    const role = (value as { running: string }).running;
    return (context as Replica).leadership?.pending ? 'proposing' : role;
  },
};
