import { describe, expect, test } from 'vitest';
import { type EventObject, setup } from 'xstate';
import { act, beyondBounds, defineSystem, type System } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';
import { counting, countOf, mail } from '../testing/toys.ts';
import { Stepper } from './stepper.ts';

const whole = (system: System) => explore(system, [], { whole: true });
const counts = (system: System): [states: number, moves: number] => {
  const { states, moves } = whole(system);
  return [states, moves];
};

/** Every list that a reader was seen to have read. */
function seenOf(stepper: Stepper, reader: string): unknown[] {
  const { locals } = stepper.actor(reader);
  const seen = Array.from({ length: locals.size }, (_, i) => locals.at(i).context.read);
  return seen.sort((x, y) => (String(x) < String(y) ? -1 : 1));
}

describe('budgets and lost messages', () => {
  test('without a loss a letter and the thanks for it always arrive', () => {
    expect(counts(mail({ letters: 3 }))).toEqual([4, 3]);
  });

  test('with a budget of one, any one message may be lost', () => {
    // Until then 4 states; after the loss of letter or thanks number i: 4 - i states each.
    const system = mail({ letters: 3, loss: { lostMail: 1 }, budget: { lostMail: 1 } });
    expect(whole(system).states).toBe(4 + 2 * (3 + 2 + 1));
  });

  test('a loss that the budget does not reach for is no move', () => {
    const system = mail({ letters: 3, loss: { lostMail: 2 }, budget: { lostMail: 1 } });
    expect(counts(system)).toEqual([4, 3]);
  });

  test('a loss that needs no fault may happen to every message', () => {
    // Each letter ends in one of three ways: letter lost, thanks lost, all well.
    expect(counts(mail({ letters: 3, loss: {} }))).toEqual([1 + 3 + 9 + 27, 3 * (1 + 3 + 9)]);
  });

  test('two losses in the budget are paid one by one', () => {
    const system = mail({ letters: 2, loss: { lostMail: 1 }, budget: { lostMail: 2 } });
    // As with free losses: two letters cannot lose more than two messages, one a move.
    expect(whole(system).states).toBe(1 + 3 + 9);
  });

  test('a fault that is paid for and changes nothing is no move', () => {
    const system = mail({ letters: 0, road: true, budget: { blockade: 2 } });
    const doubled = defineSystem({
      ...system,
      stimuli: [
        ...system.stimuli,
        { to: 'writer', event: { type: 'SHOUT' }, class: 'fault', cost: { blockade: 1 } },
      ],
    });
    expect(counts(doubled)).toEqual(counts(system));
  });

  test('a move may not send more messages that can be lost than its number can say', () => {
    const shout = act<Record<string, never>, EventObject>(() => ({
      send: Array.from({ length: 16 }, (_, i) => ({ type: 'CALL', to: 'ear', i }) as never),
    }));
    const mouth = setup({ actions: { shout } }).createMachine({
      on: { SHOUT: { actions: 'shout' } },
    });
    const system = defineSystem({
      name: 'noise',
      components: { mouth: { machine: mouth }, ear: { machine: setup({}).createMachine({}) } },
      stimuli: [{ to: 'mouth', event: { type: 'SHOUT' }, class: 'client' }],
      links: [{ loss: {} }],
    });
    expect(() => whole(system)).toThrow(
      'noise: SHOUT sends 16 messages that may be lost; a move may send 15.',
    );
  });
});

describe('channels', () => {
  test('letters wait in a channel, in order, and a full channel refuses', () => {
    // s written, d delivered, 0 <= s - d <= 2.
    expect(counts(mail({ letters: 3, mailbox: { capacity: 2 } }))).toEqual([9, 10]);
    expect(counts(mail({ letters: 3, mailbox: { capacity: 1 } }))).toEqual([7, 6]);
  });

  test('a delivery that takes two passes on only the second', () => {
    const { stepper } = whole(mail({ letters: 2, mailbox: { capacity: 2, coalesce: 2 } }));
    expect(seenOf(stepper, 'reader')).toEqual([[], [1], [1, 2], [2]]);
  });

  test('what is dropped from a channel is gone and paid for', () => {
    const mailbox = { capacity: 1, loss: { lostMail: 1 } };
    const { stepper, states } = whole(mail({ letters: 2, mailbox, budget: { lostMail: 1 } }));
    expect(seenOf(stepper, 'reader')).toEqual([[], [1], [1, 2], [2]]);
    // All is well: 5. Letter 1 dropped: then 0, waiting, read. Letter 2 dropped: 1.
    expect(states).toBe(5 + 3 + 1);
  });

  test('where a full channel refuses a move, the loss of an earlier message allows it', () => {
    const system = mail({ letters: 2, mailbox: { capacity: 1 } });
    const links = [
      { types: ['THANKS'], queue: 'mailbox' },
      { types: ['LETTER'], loss: {} },
    ];
    const thanks = defineSystem({ ...system, links });
    const stepper = new Stepper(thanks);
    const tuple = new Int32Array(stepper.fields);
    stepper.start(tuple);
    expect(stepper.take(tuple, 0)).toBe(true);
    tuple.set(stepper.next);
    expect(stepper.take(tuple, 0)).toBe(false); // the thanks for letter 1 still wait
    expect(stepper.take(tuple, 1)).toBe(true); // letter 2 is lost: no thanks
    const moves: number[] = [];
    stepper.moves(tuple, (move) => {
      moves.push(move);
    });
    expect(moves.map((move) => [stepper.decode(move).stimulus.event.type, move % 16])).toEqual([
      ['WRITE', 1],
      ['DELIVER', 0],
    ]);
  });
});

describe('gates', () => {
  const budget = { blockade: 1 };

  test('a letter sent while the road is blocked is gone', () => {
    // Before the blockade: unsent, read. During and after it: unsent, read, gone.
    expect(whole(mail({ letters: 1, road: true, budget })).states).toBe(2 + 3 + 3);
  });

  test('a letter in a channel waits until the road is clear', () => {
    // Before, during and after the blockade: unsent, waiting, read.
    const system = mail({ letters: 1, road: true, budget, mailbox: { capacity: 1 } });
    expect(whole(system).states).toBe(3 * 3);
  });

  test('a link may be exempt from the gate', () => {
    const system = mail({ letters: 1, road: true, budget });
    expect(whole({ ...system, links: [{ gated: false }] }).states).toBe(2 + 2 + 2);
  });
});

describe('views and bounds', () => {
  /** c1 may tick only while it is below c2. */
  const follower = () => {
    type Seen = EventObject & { views: { other: number } };
    const system = counting(2, 3);
    const machine = setup({
      types: {} as { context: { count: number }; events: Seen },
      guards: { isBehind: ({ context, event }) => context.count < event.views.other },
      actions: {
        up: act<{ count: number }, Seen>(({ count }) => ({ set: { count: count + 1 } })),
      },
    }).createMachine({
      id: 'follower',
      context: { count: 0 },
      on: { FOLLOW: { guard: 'isBehind', actions: 'up' } },
    });
    const { c2 } = system.components;
    return defineSystem({
      name: 'follower',
      components: { c1: { machine }, c2: { ...c2!, views: { count: countOf } } },
      stimuli: [
        { to: 'c2', event: { type: 'TICK' }, class: 'protocol' },
        {
          to: 'c1',
          event: { type: 'FOLLOW' },
          class: 'protocol',
          views: { other: ['c2', 'count'] },
        },
      ],
    });
  };

  test('a stimulus sees the views of other components as they are when it strikes', () => {
    // Pairs c1 <= c2 <= 3, and a move up for each pair below the bound on either side.
    expect(counts(follower())).toEqual([10, 6 + 6]);
  });

  test('a cheap precondition spares looking at views', () => {
    const system = follower();
    const [tick, follow] = system.stimuli;
    const when = (local: { context: Record<string, unknown> }) => Number(local.context.count) < 1;
    // Pairs with c1 <= min(c2, 1).
    expect(whole({ ...system, stimuli: [tick!, { ...follow!, when }] }).states).toBe(7);
  });

  test('a move in which a machine speaks of its bounds is no move', () => {
    const step = act<{ count: number }, EventObject>(({ count }) =>
      count === 4 ? { send: [beyondBounds] } : { set: { count: count + 1 } },
    );
    const machine = setup({ actions: { step } }).createMachine({
      context: { count: 0 },
      on: { STEP: { actions: 'step' } },
    });
    const system = defineSystem({
      name: 'bounded',
      components: { walker: { machine } },
      stimuli: [{ to: 'walker', event: { type: 'STEP' }, class: 'client' }],
    });
    expect(counts(system)).toEqual([5, 4]);
  });
});

test('states that differ only in what a history state remembers are two', () => {
  const machine = setup({}).createMachine({
    initial: 'on',
    states: {
      on: {
        initial: 'a',
        states: { a: { on: { NEXT: 'b' } }, b: {}, back: { type: 'history' } },
        on: { OFF: 'off' },
      },
      off: { on: { ON: 'on.back' } },
    },
  });
  const system = defineSystem({
    name: 'history',
    components: { it: { machine } },
    stimuli: ['NEXT', 'OFF', 'ON'].map((type) => ({ to: 'it', event: { type }, class: 'client' })),
  });
  // on.a, on.b; off after a, off after b; and on.a, on.b with a memory of the one or the other.
  expect(whole(system).states).toBe(7);
});

test('a machine is asked once for each pair of local state and event', () => {
  const { machineCalls, moves, stepper } = whole(counting(3, 9));
  // Three counters, ten local states, two events each.
  expect([machineCalls, moves]).toEqual([60, 3 * 100 * 18]);
  expect(stepper.fired.reduce((x, y) => x + y, 0)).toBe(moves);
});
