/**
 * The group coordinator and its offsets, for both group protocols. One partition is shared out; it
 * goes to the first member by name.
 *
 * `classic`: every change begins a rebalance. Members hear of it by heartbeat, give the partition
 * up and join again; when all have joined there is a new generation (ClassicGroup: PreparingRebalance,
 * then Stable; the SyncGroup in between takes no time here).
 *
 * `consumer` (KIP-848): every change is a new group epoch. Only the member that has to give the
 * partition up is asked to, and the next one gets it when it says so. A member's epoch moves with
 * its own heartbeats; commits are held against that.
 *
 * A member that falls silent is removed when its session or its poll interval is over
 * (`LEAVE_GROUP` without its knowledge). The last member's end leaves the group empty.
 *
 * `EXPIRE_OFFSETS`: the whole group was away for longer than offsets.retention.minutes.
 *
 * Left out: the coordinator's failover (its state is in `__consumer_offsets`), static membership (a
 * member that is back within its session finds its assignment; a restart here is a new member),
 * cooperative rebalancing (with one partition it differs in who keeps what is not moved).
 *
 * Sources: group-coordinator/.../classic/ClassicGroup.java (validateOffsetCommit),
 * GroupMetadataManager.java (classicGroupJoin, completeClassicGroupJoin), modern/consumer/ConsumerGroup.java
 * (validateOffsetCommit, validateMemberEpoch), CurrentAssignmentBuilder.java.
 */
import { setup } from 'xstate';
import {
  act,
  type Component,
  type Effect,
  type Message,
  type Stimulus,
} from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import * as offsets from './offsets.ts';
import type { ConsumerOptions } from './options.ts';

export type Group = offsets.Offsets & {
  /** Generation (classic), or group epoch (KIP-848). */
  generation: number;
  /** Member -> the generation, or member epoch, in which it may commit. */
  members: Record<string, number>;
  /** Classic, during a rebalance: who has joined again. Null while there is none. */
  joined: string[] | null;
  /** Who has the partition. */
  owner: string | null;
};

type Event =
  | m.Join
  | m.Heartbeat
  | m.Revoked
  | m.Leave
  | m.OffsetFetch
  | m.Commit
  | m.TxnCommit
  | m.EndTxn
  | m.AbortTxn
  | { type: 'WRITE_MARKER' | 'TIME_OUT_TXN' | 'EXPIRE_OFFSETS' };

type Effects = Effect<Group>;

const namesOf = (members: Group['members']): string[] => Object.keys(members).sort();
/** Whom the assignor gives the partition. */
const chosen = (members: Group['members']): string | null => namesOf(members)[0] ?? null;

function assigned(to: string, generation: number, owns: boolean): Message {
  return { type: 'ASSIGNED', to, generation, owns } as m.Assigned;
}

const isCurrent = ({ members }: Group, from: string, generation: number): boolean =>
  members[from] === generation;

function without(members: Group['members'], from: string): Group['members'] {
  const { [from]: _, ...others } = members;
  return others;
}

/** ClassicGroup. */
class Classic {
  private readonly options: ConsumerOptions;
  constructor(options: ConsumerOptions) {
    this.options = options;
  }

  join(me: Group, { from }: m.Join): Effects {
    const members = { ...me.members, [from]: me.members[from] ?? me.generation };
    const joined = [...new Set([...(me.joined ?? []), from])].sort();
    return this.proceed(me, members, joined);
  }

  leave(me: Group, { from }: m.Leave): Effects {
    const members = without(me.members, from);
    const joined = (me.joined ?? []).filter((id) => id !== from);
    return this.proceed({ ...me, owner: me.owner === from ? null : me.owner }, members, joined);
  }

  /** The rebalance ends when every member has joined. Right: and not before. */
  private proceed(me: Group, members: Group['members'], joined: string[]): Effects {
    const all = namesOf(members);
    if (all.length === 0) return { set: { members, joined: null, owner: null } };
    const waits = this.options.rules.awaitsFormerOwner ? all : all.slice(0, 1);
    if (!waits.every((id) => joined.includes(id))) {
      return { set: { members, joined, owner: me.owner } };
    }
    const generation = me.generation + 1;
    const owner = chosen(members);
    return {
      set: {
        generation,
        members: Object.fromEntries(all.map((id) => [id, generation])),
        joined: null,
        owner,
      },
      send: joined.map((id) => assigned(id, generation, id === owner)),
    };
  }

  heartbeat(me: Group, { from }: m.Heartbeat): Effects {
    const hasToJoin = me.joined !== null && !me.joined.includes(from);
    return hasToJoin ? { send: [{ type: 'REBALANCE', to: from } as m.Rebalance] } : {};
  }
}

/** ConsumerGroup (KIP-848). */
class Modern {
  private readonly options: ConsumerOptions;
  constructor(options: ConsumerOptions) {
    this.options = options;
  }

  join(me: Group, { from }: m.Join): Effects {
    const generation = me.generation + 1;
    const members = { ...me.members, [from]: generation };
    return this.assign({ ...me, generation, members }, from);
  }

  leave(me: Group, { from }: m.Leave): Effects {
    const owner = me.owner === from ? null : me.owner;
    return {
      set: { generation: me.generation + 1, members: without(me.members, from), owner },
    };
  }

  /** The member reconciles: it is told to give up, or what it has now. */
  heartbeat(me: Group, { from }: m.Heartbeat): Effects {
    const moves = me.owner === from && chosen(me.members) !== from;
    if (moves) return { send: [{ type: 'REBALANCE', to: from } as m.Rebalance] };
    return this.assign(me, from);
  }

  revoked(me: Group, { from }: m.Revoked): Effects {
    return this.assign({ ...me, owner: me.owner === from ? null : me.owner }, from);
  }

  private assign(me: Group, from: string): Effects {
    const { generation } = me;
    const isFree = me.owner === null || !this.options.rules.awaitsFormerOwner;
    const owner = isFree && chosen(me.members) === from ? from : me.owner;
    const members = { ...me.members, [from]: generation };
    return {
      set: { generation, members, owner },
      send: [assigned(from, generation, owner === from)],
    };
  }
}

function groupMachine(options: ConsumerOptions, start: Group) {
  const { rules, protocol } = options;
  const classic = new Classic(options);
  const modern = new Modern(options);
  const side = protocol === 'classic' ? classic : modern;
  const narrow = (effect: Effect<offsets.Offsets>): Effects => effect as Effects;
  return setup({
    types: {} as { context: Group; events: Event },
    guards: {
      isMember: ({ context, event }) => (event as m.Leave).from in context.members,
      isCurrent: ({ context, event }) => {
        const { from, generation } = event as m.Heartbeat;
        return isCurrent(context, from, generation);
      },
      isDecided: ({ context }) => context.pending.some(({ decided }) => decided),
    },
    actions: {
      join: act<Group, m.Join>((me, event) => side.join(me, event)),
      heartbeat: act<Group, m.Heartbeat>((me, event) => side.heartbeat(me, event)),
      fence: act<Group, m.Heartbeat>((_, { from }) => ({
        send: [{ type: 'FENCED', to: from } as m.Fenced],
      })),
      revoked: act<Group, m.Revoked>((me, event) => modern.revoked(me, event)),
      leave: act<Group, m.Leave>((me, event) => side.leave(me, event)),
      fetchOffset: act<Group, m.OffsetFetch>((me, { from }) =>
        narrow(offsets.fetchOffset(rules, me, from)),
      ),
      commit: act<Group, m.Commit>((me, event) =>
        narrow(offsets.commit(rules, event, isCurrent(me, event.from, event.generation))),
      ),
      commitInTxn: act<Group, m.TxnCommit>((me, event) =>
        narrow(offsets.commitInTxn(rules, me, event, isCurrent(me, event.from, event.generation))),
      ),
      decide: act<Group, m.EndTxn>((me, event) => narrow(offsets.decide(me, event))),
      abort: act<Group, m.AbortTxn>((me, event) => narrow(offsets.abort(me, event))),
      install: act<Group, Event>((me) => narrow(offsets.install(me))),
      abortAbandoned: act<Group, Event>((me) =>
        narrow(offsets.abortAbandoned(me, namesOf(me.members))),
      ),
      // Nobody of the group was there for so long; whoever comes back joins anew.
      expire: act<Group, Event>(() => ({
        set: {
          committed: null,
          members: {},
          joined: null,
          owner: null,
          pending: [],
        },
      })),
    },
  }).createMachine({
    id: 'group',
    context: start,
    initial: 'coordinating',
    states: {
      coordinating: {
        on: {
          JOIN_GROUP: { actions: 'join' },
          HEARTBEAT: [{ guard: 'isCurrent', actions: 'heartbeat' }, { actions: 'fence' }],
          REVOKED: { guard: 'isMember', actions: 'revoked' },
          OFFSET_FETCH: { actions: 'fetchOffset' },
          OFFSET_COMMIT: { actions: 'commit' },
          TXN_OFFSET_COMMIT: { actions: 'commitInTxn' },
          END_TXN: { actions: 'decide' },
          ABORT_TXN: { actions: 'abort' },
          WRITE_MARKER: { guard: 'isDecided', actions: 'install' },
          LEAVE_GROUP: { guard: 'isMember', actions: 'leave' },
          TIME_OUT_TXN: { actions: 'abortAbandoned' },
          EXPIRE_OFFSETS: { actions: 'expire' },
        },
      },
    },
  });
}

/** A group that is stable: `members` have joined, the first of them has the partition. */
export function stableGroup(members: readonly string[], committed: Group['committed']): Group {
  return {
    generation: 1,
    members: Object.fromEntries(members.map((id) => [id, 1])),
    joined: null,
    owner: members[0] ?? null,
    committed,
    pending: [],
    strayCommit: null,
  };
}

export const group = (options: ConsumerOptions, start: Group): Component => ({
  machine: groupMachine(options, start),
});

export function groupStimuli({ commits, faults }: ConsumerOptions): Stimulus[] {
  const of = (type: string, rest: Partial<Stimulus>): Stimulus => ({
    to: 'group',
    event: { type },
    class: 'protocol',
    ...rest,
  });
  return [
    ...(commits === 'inTransaction' ? [of('WRITE_MARKER', {}), of('TIME_OUT_TXN', {})] : []),
    ...(faults.offsetsExpired
      ? [of('EXPIRE_OFFSETS', { class: 'fault', cost: { offsetsExpired: 1 } })]
      : []),
  ];
}
