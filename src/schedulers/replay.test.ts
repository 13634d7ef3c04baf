import { describe, expect, test } from 'vitest';
import {
  counting,
  lettersArriveInOrder,
  mail,
  pump,
  pumpWorksAgain,
  sumClaim,
} from '../testing/toys.ts';
import { explore } from './explore.ts';
import { confirm, EngineError, movesOf, replay, stateName } from './replay.ts';

const losing = mail({ letters: 2, loss: { lostMail: 1 }, budget: { lostMail: 1 } });

/** The first move is `lost`, then one without a loss. */
const write = (...lost: number[]) => lost.map((one) => ({ stimulus: 0, lost: one }));

describe('a replay', () => {
  test('tells of each move who spoke to whom, what was lost and what changed', () => {
    const { steps, start, end, system } = replay(losing, write(1, 0));
    expect(system).toBe('mail');
    expect(steps).toEqual([
      {
        move: { stimulus: 0, lost: 1, label: 'writer: WRITE, message 1 lost' },
        stimulus: { type: 'WRITE', component: 'writer', class: 'client', payload: {} },
        messages: [
          { type: 'LETTER', from: 'writer', to: 'reader', payload: { number: 1 }, fate: 'lost' },
        ],
        changed: { writer: { written: [0, 1] } },
        budget: {},
      },
      {
        move: { stimulus: 0, lost: 0, label: 'writer: WRITE' },
        stimulus: { type: 'WRITE', component: 'writer', class: 'client', payload: {} },
        messages: [
          {
            type: 'LETTER',
            from: 'writer',
            to: 'reader',
            payload: { number: 2 },
            fate: 'delivered',
          },
          {
            type: 'THANKS',
            from: 'reader',
            to: 'writer',
            payload: { number: 2 },
            fate: 'delivered',
          },
        ],
        changed: {
          writer: { written: [1, 2], thanks: [[], [2]] },
          reader: { read: [[], [2]] },
        },
        budget: {},
      },
    ]);
    expect(start).toEqual({
      writer: { value: 'writing', context: { written: 0, letters: 2, thanks: [] } },
      reader: { value: 'reading', context: { read: [] } },
    });
    expect(end.reader).toEqual({ value: 'reading', context: { read: [2] } });
  });

  test('shows changes of finite states, and messages that a closed gate cut off', () => {
    const system = mail({ letters: 1, road: true, budget: { blockade: 1 } });
    const { steps } = replay(system, [{ stimulus: 1, lost: 0 }, ...write(0)]);
    expect(
      steps.map(({ changed, messages, budget }) => [changed, messages.map((m) => m.fate), budget]),
    ).toEqual([
      [{ road: { '(state)': ['open', 'closed'] } }, [], {}],
      [{ writer: { written: [0, 1] } }, ['cut'], {}],
    ]);
  });

  test('shows messages that wait in a channel, and their delivery from there', () => {
    const system = mail({ letters: 1, mailbox: { capacity: 1 } });
    const { steps } = replay(system, [...write(0), { stimulus: 1, lost: 0 }]);
    expect(steps.map(({ move, messages }) => [move.label, messages])).toEqual([
      [
        'writer: WRITE',
        [
          {
            type: 'LETTER',
            from: 'writer',
            to: 'reader',
            payload: { number: 1 },
            fate: 'queued',
            channel: 'mailbox',
          },
        ],
      ],
      [
        'mailbox: DELIVER count=1',
        [
          {
            type: 'LETTER',
            from: 'mailbox',
            to: 'reader',
            payload: { number: 1 },
            fate: 'delivered',
          },
          {
            type: 'THANKS',
            from: 'reader',
            to: 'writer',
            payload: { number: 1 },
            fate: 'delivered',
          },
        ],
      ],
    ]);
  });

  test('judges a claim in every state, the first included', () => {
    const judged = replay(losing, write(1, 0)).judge(lettersArriveInOrder);
    expect(judged).toEqual([null, null, { because: 'letter 1 is missing', witness: [2] }]);
  });

  test.each([
    [
      losing,
      write(0, 0, 0),
      "mail: move 3 of 3 (writer: WRITE) is not possible: 'writer' neither changes nor speaks on WRITE.",
    ],
    [
      losing,
      write(3),
      'mail: move 1 of 1 (writer: WRITE, message 3 lost) is not possible: only 2 of its messages may be lost.',
    ],
    [
      losing,
      write(1, 1),
      'mail: move 2 of 2 (writer: WRITE, message 1 lost) is not possible: the fault budget does not reach for the loss.',
    ],
    [
      losing,
      [{ stimulus: 7, lost: 0 }],
      'mail: move 1 of 1 (stimulus 7) is not possible: there is no stimulus number 7.',
    ],
    [
      mail({ letters: 2, mailbox: { capacity: 1 } }),
      write(0, 0),
      "mail: move 2 of 2 (writer: WRITE) is not possible: the channel 'mailbox' is full.",
    ],
    [
      mail({ letters: 1, mailbox: { capacity: 1 }, road: true, budget: { blockade: 1 } }),
      [...write(0), { stimulus: 2, lost: 0 }, { stimulus: 1, lost: 0 }],
      "mail: move 3 of 3 (mailbox: DELIVER count=1) is not possible: what waits in 'mailbox' cannot be delivered now.",
    ],
    [
      pump({}),
      [{ stimulus: 0, lost: 0 }],
      'pump: move 1 of 1 (pump: BREAK) is not possible: the fault budget does not reach.',
    ],
  ])('refuses a move that is not possible, and says why (%#)', (system, moves, message) => {
    expect(() => replay(system, moves)).toThrow(message);
  });
});

describe('a confirmation', () => {
  test.each([
    ['always', losing, lettersArriveInOrder],
    ['sometimes', counting(2, 3), sumClaim('sometimes', 2, (sum) => sum === 4)],
    ['recovers', pump({ breaks: 1, bursts: 1 }), pumpWorksAgain()],
  ])('goes with what the search says of an %s claim', (_, system, claim) => {
    const [found] = explore(system, [claim]).results;
    const trace = confirm(system, { ...found!, moves: found!.moves! });
    expect(trace.steps.map(({ move }) => move)).toEqual(movesOf(system, found!.moves!));
  });

  test.each([
    [[0], 'it is never decided'],
    [[1, 0, 0], 'mail: move 3 of 3 (writer: WRITE) is not possible'],
    [[16], 'mail: move 1 of 1 (stimulus 1) is not possible: there is no stimulus number 1'],
  ])('says that engine and XState disagree (%#)', (moves, message) => {
    const [found] = explore(losing, [lettersArriveInOrder]).results;
    const doubtful = () => confirm(losing, { ...found!, moves });
    expect(doubtful).toThrow(EngineError);
    expect(doubtful).toThrow(message);
  });

  test('does not accept a counterexample that goes on after the failure', () => {
    const claim = sumClaim('always', 1, (sum) => sum < 1);
    expect(() =>
      confirm(counting(1, 2), { claim, moves: [0, 0], violation: { because: 'the sum is 2' } }),
    ).toThrow('it is decided after 1 moves already');
  });

  test('does not accept another reason than the one found', () => {
    const claim = sumClaim('always', 1, (sum) => sum < 1);
    expect(() =>
      confirm(counting(1, 2), { claim, moves: [0], violation: { because: 'the sum is 9' } }),
    ).toThrow('found the sum is 9, replayed the sum is 1');
  });
});

test('finite states have names, nested and parallel ones too', () => {
  expect([
    stateName('idle'),
    stateName({ running: 'leading' }),
    stateName({ running: { a: 'x', b: { c: 'y' } }, off: {} }),
  ]).toEqual(['idle', 'running.leading', 'running.a.x + b.c.y + off']);
});
