/** The diagram of any run: no text over another, none cut, every message with an end. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from './drawing.ts';
import { layout, turnsAfter } from './layout.ts';
import type { Message, Run, Step } from './run.ts';
import { strokesOf } from './strokes.ts';
import { LABEL_CHARACTER, SENTENCE_CHARACTER } from './words.ts';

const names = ['b1', 'controller', 'aComponentWithAnUnusuallyLongNameOfItsOwn', 'ledger'];

/** A step in which `stimulus` strikes and `messages` are sent. */
const stepOf = (part: Partial<Step>): Step => ({
  says: ['Something happens.'],
  stimulus: { type: 'TICK', component: 'b1', class: 'protocol', payload: {} },
  messages: [],
  changed: {},
  budget: {},
  ...part,
});

const message = (part: Partial<Message>): Message => ({
  type: 'FETCH',
  from: 'b1',
  to: 'controller',
  payload: {},
  fate: 'delivered',
  ...part,
});

const runOf = (steps: Step[]): Run => ({
  components: [
    { name: 'b1', kind: 'process' },
    { name: 'controller', kind: 'process' },
    { name: 'news:b1', kind: 'channel' },
    { name: 'aComponentWithAnUnusuallyLongNameOfItsOwn', kind: 'process' },
    { name: 'ledger', kind: 'ghost' },
  ],
  steps,
  turns: { selfMade: 0, inevitable: steps.length },
  because: 'it is broken',
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What is wrong with the texts of a run's diagram. */
function faultsOf(run: Run): string[] {
  const { boxes, width, height } = layout(run);
  const faults: string[] = [];
  for (const [i, box] of boxes.entries()) {
    const isSentence = ['story', 'number', 'turn', 'end'].includes(box.role);
    const character = isSentence ? SENTENCE_CHARACTER : LABEL_CHARACTER;
    const widest = Math.max(...box.lines.map((line) => line.length)) * character;
    if (widest > box.width) faults.push(`${box.lines.join(' ')}: wider than its box`);
    if (box.x < 0 || box.x + box.width > width || box.y < 0 || box.y + box.height > height) {
      faults.push(`${box.lines.join(' ')}: outside of the picture`);
    }
    const over = boxes.slice(i + 1).find((other) => overlap(box, other));
    if (over) faults.push(`${box.lines.join(' ')}: over ${over.lines.join(' ')}`);
  }
  return faults;
}

const word = fc.stringMatching(/^[A-Za-z_{}.]{1,40}$/);
const anyMessage = fc.record({
  type: word,
  from: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
  payload: fc.constant({}),
  fate: fc.constantFrom('delivered' as const, 'lost' as const, 'cut' as const),
});
const queuedMessage = fc
  .record({ type: word, from: fc.constantFrom(...names) })
  .map((part) => message({ ...part, to: 'b1', fate: 'queued', channel: 'news:b1' }));
const anyStep = fc
  .record({
    says: fc.array(fc.lorem({ maxCount: 25 }), { minLength: 1, maxLength: 3 }),
    type: word,
    component: fc.constantFrom(...names, 'news:b1'),
    payload: fc.dictionary(word, fc.oneof(word, fc.nat()), { maxKeys: 3 }),
    class: fc.constantFrom('fault' as const, 'protocol' as const),
    messages: fc.array(fc.oneof(anyMessage, queuedMessage), { maxLength: 6 }),
    changed: fc.dictionary(
      fc.constantFrom(...names),
      fc.dictionary(word, fc.tuple(fc.constant(null), fc.oneof(word, fc.nat(), fc.array(word)))),
    ),
  })
  .map(({ type, component, payload, class: kind, ...rest }) =>
    stepOf({ ...rest, stimulus: { type, component, class: kind, payload } }),
  );

test('no text overlaps another, leaves its box or the picture, in any run', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), (steps) => {
      expect(faultsOf(runOf(steps))).toEqual([]);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('a message that waits is one flight: it leaves in one step and ends in another', () => {
  const news = (type: string): Message =>
    message({ type, from: 'controller', to: 'b1', fate: 'queued', channel: 'news:b1' });
  const queue = (before: number, after: number): Step['changed'] => ({
    'news:b1': { queue: [Array(before).fill(0), Array(after).fill(0)] },
  });
  const heard = message({ type: 'THIRD', from: 'news:b1', to: 'b1' });
  const strokes = strokesOf(
    runOf([
      stepOf({ messages: [news('FIRST'), news('SECOND')], changed: queue(0, 2) }),
      stepOf({ messages: [news('THIRD')], changed: queue(2, 3) }),
      stepOf({ changed: queue(3, 2) }),
      stepOf({ messages: [heard], changed: queue(2, 0) }),
    ]),
  );
  const told = strokes.map((step) =>
    step.map((stroke) =>
      stroke.kind === 'vanishes'
        ? `${stroke.flight.message.type} ${stroke.why}`
        : `${stroke.message.type} ${stroke.kind}`,
    ),
  );
  expect(told).toEqual([
    ['FIRST leaves', 'SECOND leaves'],
    ['THIRD leaves'],
    ['FIRST lost'],
    ['SECOND passed over', 'THIRD arrives'],
  ]);
  const [left, arrived] = [strokes[1]![0]!, strokes[3]![1]!];
  expect('flight' in left && 'flight' in arrived && left.flight === arrived.flight).toBe(true);
});

test('what is said to a ghost is not drawn, what changes in it is', () => {
  const { boxes, arrows } = layout(
    runOf([
      stepOf({
        messages: [message({ to: 'ledger', type: 'SEEN' })],
        changed: { ledger: { seen: [[], [7]] } },
      }),
    ]),
  );
  const notes = boxes.filter(({ role }) => role === 'note').flatMap(({ lines }) => lines);
  expect([arrows, notes]).toEqual([[], ['seen + 7']]);
});

test('the turning points of a run stand where they are', () => {
  const after = (selfMade: number | null, inevitable: number): string[][] =>
    [0, 1, 2].map((step) => turnsAfter({ turns: { selfMade, inevitable } }, step));
  const decided = '▲ Step 2 makes it inevitable: before it, the claim could still be kept.';
  expect(after(1, 2)).toEqual([[], ['▲ From here on no further fault is needed.'], [decided]]);
  expect(after(2, 2)).toEqual([[], [], [decided]]);
  expect(after(null, 2)).toEqual([[], [], [decided]]);
  expect(after(0, 2)).toEqual([
    ['No fault is needed: clients and protocol alone can come to this.'],
    [],
    [decided],
  ]);
  expect(after(0, 0)[0]).toEqual([
    'Inevitable from the start: clients and protocol alone come to this in the end.',
  ]);
});

test('character widths of the layout are those of the style sheet', () => {
  const css = readFileSync('src/page/diagram/diagram.css', 'utf8');
  const sizes = [...css.matchAll(/font: ([\d.]+)px var\(--(\w+)\)/g)].map(([, size, font]) => [
    font,
    size,
  ]);
  // A monospaced character is six tenths of its height wide; a sentence's average is less than 0.56.
  expect(sizes).toEqual([
    ['mono', '10.5'],
    ['sans', '13'],
  ]);
  expect([LABEL_CHARACTER >= 10.5 * 0.605, SENTENCE_CHARACTER >= 13 * 0.55]).toEqual([true, true]);
});
