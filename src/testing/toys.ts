/** Small systems whose states can be counted by hand, for the tests of engine and schedulers. */
import { type EventObject, setup } from 'xstate';
import {
  act,
  type Budget,
  type Claim,
  type Component,
  channel,
  defineSystem,
  type LinkRule,
  type Local,
  type Message,
  type Stimulus,
  type System,
} from '../model/index.ts';

// ----- counters ----------------------------------------------------------------------------

type Count = { count: number; most: number; [key: string]: unknown };
type CountEvent = { type: 'TICK' } | { type: 'BACK' };

const counterMachine = setup({
  types: {} as { context: Count; events: CountEvent; input: { most: number } },
  guards: {
    hasRoom: ({ context }) => context.count < context.most,
    isUp: ({ context }) => context.count > 0,
  },
  actions: {
    up: act<Count, CountEvent>(({ count }) => ({ set: { count: count + 1 } })),
    down: act<Count, CountEvent>(({ count }) => ({ set: { count: count - 1 } })),
  },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ count: 0, most: input.most }),
  initial: 'counting',
  states: {
    counting: {
      on: {
        TICK: { guard: 'hasRoom', actions: 'up' },
        BACK: { guard: 'isUp', actions: 'down' },
      },
    },
  },
});

export const countOf = (local: Local): number => (local.context as Count).count;

/** Counters `c1`, `c2`, ... from 0 to `most`: (most + 1) to the power of `counters` states. */
export function counting(counters: number, most: number): System {
  const names = Array.from({ length: counters }, (_, i) => `c${i + 1}`);
  return defineSystem({
    name: 'counters',
    components: Object.fromEntries(
      names.map((name): [string, Component] => [
        name,
        { machine: counterMachine, input: { most } },
      ]),
    ),
    stimuli: names.flatMap((to): Stimulus[] => [
      { to, event: { type: 'TICK' }, class: 'protocol' },
      { to, event: { type: 'BACK' }, class: 'client' },
    ]),
  });
}

/** A claim of that modality about the sum of `counters` counters. */
export function sumClaim(
  modality: Claim['modality'],
  counters: number,
  isFine: (sum: number) => boolean,
): Claim {
  const names = Array.from({ length: counters }, (_, i) => `c${i + 1}`);
  return {
    name: `${modality} about the sum`,
    modality,
    means: 'The sum of all counters is fine.',
    reads: Object.fromEntries(names.map((name) => [name, countOf])),
    check: (views: Record<string, number>) => {
      const sum = Object.values(views).reduce((x, y) => x + y, 0);
      return isFine(sum) ? null : { because: `the sum is ${sum}` };
    },
  };
}

// ----- mail --------------------------------------------------------------------------------

type Writer = { written: number; letters: number; thanks: number[]; [key: string]: unknown };
interface Letter extends Message {
  type: 'LETTER' | 'THANKS';
  number: number;
}

const writerMachine = setup({
  types: {} as { context: Writer; events: { type: 'WRITE' } | Letter; input: { letters: number } },
  guards: { hasMore: ({ context }) => context.written < context.letters },
  actions: {
    write: act<Writer, EventObject>(({ written }) => ({
      set: { written: written + 1 },
      send: [{ type: 'LETTER', to: 'reader', number: written + 1 } as Letter],
    })),
    note: act<Writer, Letter>(({ thanks }, { number }) => ({
      set: { thanks: [...thanks, number] },
    })),
  },
}).createMachine({
  id: 'writer',
  context: ({ input }) => ({ written: 0, letters: input.letters, thanks: [] }),
  initial: 'writing',
  states: {
    writing: {
      on: { WRITE: { guard: 'hasMore', actions: 'write' }, THANKS: { actions: 'note' } },
    },
  },
});

type Reader = { read: number[]; [key: string]: unknown };

const readerMachine = setup({
  types: {} as { context: Reader; events: Letter },
  actions: {
    read: act<Reader, Letter>(({ read }, { number }) => ({
      set: { read: [...read, number] },
      send: [{ type: 'THANKS', to: 'writer', number } as Letter],
    })),
  },
}).createMachine({
  id: 'reader',
  context: { read: [] },
  initial: 'reading',
  states: { reading: { on: { LETTER: { actions: 'read' } } } },
});

type RoadEvent = { type: 'BLOCK' } | { type: 'CLEAR' };

/** The road between writer and reader, open or closed. */
const roadMachine = setup({ types: {} as { events: RoadEvent } }).createMachine({
  id: 'road',
  initial: 'open',
  states: { open: { on: { BLOCK: 'closed' } }, closed: { on: { CLEAR: 'open' } } },
});

export interface MailOptions {
  letters: number;
  /** What losing a letter, or the thanks for it, costs; left out, nothing is lost. */
  loss?: Budget;
  budget?: Budget;
  /** Letters travel by a channel. */
  mailbox?: { capacity: number; coalesce?: number; loss?: Budget };
  /** There is a road that can be blocked, for a `blockade`. */
  road?: boolean;
}

/** A writer sends numbered letters, the reader thanks for each. */
export function mail(options: MailOptions): System {
  const { letters, loss, budget, mailbox, road } = options;
  const box = mailbox && channel('mailbox', mailbox);
  const links: LinkRule[] = [];
  if (box) links.push({ types: ['LETTER'], queue: 'mailbox' });
  if (loss) links.push({ types: ['LETTER', 'THANKS'], loss });
  return defineSystem({
    name: 'mail',
    components: {
      writer: { machine: writerMachine, input: { letters } },
      reader: { machine: readerMachine },
      ...(box && { mailbox: box.component }),
      ...(road && { road: { machine: roadMachine } }),
    },
    stimuli: [
      { to: 'writer', event: { type: 'WRITE' }, class: 'client' },
      ...(box?.stimuli ?? []),
      ...(road ? roadStimuli : []),
    ],
    links,
    ...(road && {
      gate: { component: 'road', open: ({ value }, _, to) => value === 'open' || to === 'mailbox' },
    }),
    ...(budget && { budget }),
  });
}

const roadStimuli: Stimulus[] = [
  { to: 'road', event: { type: 'BLOCK' }, class: 'fault', cost: { blockade: 1 } },
  { to: 'road', event: { type: 'CLEAR' }, class: 'repair' },
];

export const readOf = (local: Local): number[] => (local.context as Reader).read;

/** Fails as soon as a letter is missing before one that was read. */
export const lettersArriveInOrder: Claim = {
  name: 'lettersArriveInOrder',
  modality: 'always',
  means: 'Whoever has read a letter has read those before it.',
  reads: { reader: readOf },
  check: ({ reader }: Record<string, number[]>) => {
    const missing = reader!.findIndex((number, i) => number !== i + 1);
    return missing < 0 ? null : { because: `letter ${missing + 1} is missing`, witness: reader! };
  },
};

// ----- a pump ------------------------------------------------------------------------------

type PumpEvent = { type: 'BREAK' | 'BURST' | 'MEND' | 'RESTART' };

/** A pump that breaks, is mended and restarts; nothing mends it once it has burst. */
const pumpMachine = setup({ types: {} as { events: PumpEvent } }).createMachine({
  id: 'pump',
  initial: 'works',
  states: {
    works: { on: { BREAK: 'broken' } },
    broken: { on: { MEND: 'stopped', BURST: 'burst' } },
    stopped: { on: { RESTART: 'works' } },
    burst: {},
  },
});

/** @param faults `breaks` and `bursts` that may happen. */
export function pump(faults: Budget): System {
  const fault = (type: PumpEvent['type'], kind: string): Stimulus => ({
    to: 'pump',
    event: { type },
    class: 'fault',
    cost: { [kind]: 1 },
  });
  return defineSystem({
    name: 'pump',
    components: { pump: { machine: pumpMachine } },
    stimuli: [
      fault('BREAK', 'breaks'),
      fault('BURST', 'bursts'),
      { to: 'pump', event: { type: 'MEND' }, class: 'repair' },
      { to: 'pump', event: { type: 'RESTART' }, class: 'protocol' },
    ],
    budget: faults,
  });
}

/** @param unaided before anybody mends it. */
export const pumpWorksAgain = (unaided = false): Claim => ({
  name: 'pumpWorksAgain',
  modality: 'recovers',
  unaided,
  means: 'Whatever happened, the pump can work again.',
  reads: { pump: ({ value }) => String(value) },
  check: ({ pump: state }) => (state === 'works' ? null : { because: `the pump is ${state}` }),
});
