/**
 * Two-phase commit, as Leslie Lamport specified it (TLA+ examples, module TwoPhase).
 *
 * Resource managers prepare or abort on their own; a transaction manager commits once all have
 * prepared, or aborts when it likes. Messages are a set that only grows: a message once sent can be
 * received at any later time, again and again, or never, so loss and duplication need no steps of
 * their own.
 *
 * It is here to calibrate the engine. Each TLA+ variable is one component (`rmState` one per
 * manager, `tmState` with `tmPrepared`, `msgs`), hence a global state is one of TLC's distinct
 * states: 288 with three resource managers, 8,832 with five, 50,816 with six.
 */
import { type EventObject, setup } from 'xstate';
import {
  act,
  type Claim,
  type Component,
  defineSystem,
  type Local,
  type Message,
  type Stimulus,
  type System,
} from '../../src/model/index.ts';

const MANAGER = 'transactionManager';
const NETWORK = 'messages';
const COMMIT = 'commit';
const ABORT = 'abort';

const prepared = (manager: string): string => `prepared ${manager}`;

// ----- the set of messages -----------------------------------------------------------------

interface Messages {
  /** Everything that was ever sent, sorted: the set `msgs`. */
  sent: string[];
  [key: string]: unknown;
}

/** How a manager puts a message into the set. */
interface Send extends Message {
  type: 'SEND';
  message: string;
}

const send = (message: string): Send => ({ type: 'SEND', to: NETWORK, message });

/** The set of messages, the only way from one manager to another. */
const network = setup({
  types: {} as { context: Messages; events: Send },
  actions: {
    keep: act<Messages, Send>(({ sent }, { message }) => ({
      set: { sent: [...new Set([...sent, message])].sort() },
    })),
  },
}).createMachine({
  id: 'messages',
  context: { sent: [] },
  initial: 'open',
  states: { open: { on: { SEND: { actions: 'keep' } } } },
});

/** Asks the set of messages whether it holds one of them. */
const holds =
  (message: string) =>
  (local: Local): boolean =>
    (local.context as Messages).sent.includes(message);

// ----- a resource manager ------------------------------------------------------------------

interface ResourceManager {
  /** Its name, which its message carries. */
  name: string;
  [key: string]: unknown;
}

/** A stimulus that reads the set of messages: is the message there? */
interface Receive extends EventObject {
  type: 'RECEIVE_COMMIT' | 'RECEIVE_ABORT';
  views: { arrived: boolean };
}
type ResourceEvent = { type: 'PREPARE' } | { type: 'CHOOSE_TO_ABORT' } | Receive;

/**
 * A resource manager. As in the specification it believes every decision it receives, whatever its
 * own state; that no decision contradicts an earlier one is what the claim below is about.
 */
const resourceManager = setup({
  types: {} as {
    context: ResourceManager;
    events: ResourceEvent;
    input: ResourceManager;
  },
  guards: {
    arrived: ({ event }) => (event as Receive).views.arrived,
  },
  actions: {
    tellPrepared: act<ResourceManager, ResourceEvent>(({ name }) => ({
      send: [send(prepared(name))],
    })),
  },
}).createMachine({
  id: 'resourceManager',
  context: ({ input }) => ({ name: input.name }),
  initial: 'working',
  on: {
    RECEIVE_COMMIT: { guard: 'arrived', target: '.committed' },
    RECEIVE_ABORT: { guard: 'arrived', target: '.aborted' },
  },
  states: {
    working: {
      on: {
        PREPARE: { target: 'prepared', actions: 'tellPrepared' },
        CHOOSE_TO_ABORT: 'aborted',
      },
    },
    prepared: {},
    committed: {},
    aborted: {},
  },
});

// ----- the transaction manager -------------------------------------------------------------

interface TransactionManager {
  /** Every resource manager. */
  all: string[];
  /** Those whose message has been received, sorted: the set `tmPrepared`. */
  prepared: string[];
  [key: string]: unknown;
}

interface ReceivePrepared extends EventObject {
  type: 'RECEIVE_PREPARED';
  from: string;
  views: { arrived: boolean };
}
type TransactionEvent = ReceivePrepared | { type: 'COMMIT' } | { type: 'ABORT' };

/** The transaction manager: undecided until it commits or aborts, once and for all. */
const transactionManager = setup({
  types: {} as {
    context: TransactionManager;
    events: TransactionEvent;
    input: { all: string[] };
  },
  guards: {
    arrived: ({ event }) => (event as ReceivePrepared).views.arrived,
    allPrepared: ({ context }) => context.prepared.length === context.all.length,
  },
  actions: {
    note: act<TransactionManager, ReceivePrepared>((me, { from }) => ({
      set: { prepared: [...new Set([...me.prepared, from])].sort() },
    })),
    tellCommit: act<TransactionManager, TransactionEvent>(() => ({ send: [send(COMMIT)] })),
    tellAbort: act<TransactionManager, TransactionEvent>(() => ({ send: [send(ABORT)] })),
  },
}).createMachine({
  id: 'transactionManager',
  context: ({ input }) => ({ all: input.all, prepared: [] }),
  initial: 'undecided',
  states: {
    undecided: {
      on: {
        RECEIVE_PREPARED: { guard: 'arrived', actions: 'note' },
        COMMIT: { guard: 'allPrepared', target: 'committed', actions: 'tellCommit' },
        ABORT: { target: 'aborted', actions: 'tellAbort' },
      },
    },
    committed: {},
    aborted: {},
  },
});

// ----- the system --------------------------------------------------------------------------

/** Two-phase commit with `count` resource managers, named `rm1`, `rm2`, ... */
export function twoPhaseCommit(count: number): System {
  const all = resourceManagers(count);
  const components: Record<string, Component> = {
    [MANAGER]: { machine: transactionManager, input: { all } },
    [NETWORK]: {
      machine: network,
      views: Object.fromEntries(
        [COMMIT, ABORT, ...all.map(prepared)].map((message) => [message, holds(message)]),
      ),
    },
  };
  const ask = (message: string) => ({ arrived: [NETWORK, message] as const });
  const stimuli: Stimulus[] = [
    { to: MANAGER, event: { type: 'COMMIT' }, class: 'protocol' },
    { to: MANAGER, event: { type: 'ABORT' }, class: 'protocol' },
  ];
  for (const name of all) {
    components[name] = { machine: resourceManager, input: { name } };
    const received = { type: 'RECEIVE_PREPARED', from: name } as EventObject;
    stimuli.push(
      { to: name, event: { type: 'PREPARE' }, class: 'protocol' },
      { to: name, event: { type: 'CHOOSE_TO_ABORT' }, class: 'protocol' },
      { to: name, event: { type: 'RECEIVE_COMMIT' }, class: 'protocol', views: ask(COMMIT) },
      { to: name, event: { type: 'RECEIVE_ABORT' }, class: 'protocol', views: ask(ABORT) },
      { to: MANAGER, event: received, class: 'protocol', views: ask(prepared(name)) },
    );
  }
  const name = `two-phase commit, ${count} resource managers`;
  return defineSystem({ name, components, stimuli, bounds: { resourceManagers: count } });
}

/** What is claimed of two-phase commit with `count` resource managers. */
export function twoPhaseClaims(count: number): Claim[] {
  const all = resourceManagers(count);
  const reads = Object.fromEntries(all.map((name) => [name, outcomeOf]));
  const having = (views: Record<string, string>, outcome: string): string[] =>
    all.filter((name) => views[name] === outcome);
  return [
    {
      name: 'resourceManagersAgree',
      modality: 'always',
      means: 'No resource manager has committed while another has aborted.',
      cites: 'TLA+ examples, module TCommit, TCConsistent',
      reads,
      check: (views) => {
        const committed = having(views, 'committed');
        const aborted = having(views, 'aborted');
        if (committed.length === 0 || aborted.length === 0) return null;
        const because = `${committed[0]} has committed and ${aborted[0]} has aborted`;
        return { because, witness: { committed, aborted } };
      },
    },
    ...['committed', 'aborted'].map(
      (outcome): Claim => ({
        name: `allCanEndUp ${outcome}`,
        modality: 'sometimes',
        means: `Every resource manager ends up ${outcome}.`,
        reads,
        check: (views) =>
          having(views, outcome).length === count
            ? null
            : { because: `not all resource managers have ${outcome}` },
      }),
    ),
  ];
}

function resourceManagers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `rm${i + 1}`);
}

function outcomeOf(local: Local): string {
  return String(local.value);
}
