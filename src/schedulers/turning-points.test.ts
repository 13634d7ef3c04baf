import { expect, test } from 'vitest';
import type { Claim, System } from '../model/index.ts';
import { counting, lettersArriveInOrder, mail, pump, sumClaim } from '../testing/toys.ts';
import { explore } from './explore.ts';
import { type TurningPoints, turningPoints } from './turning-points.ts';

/** The shortest run that breaks `claim`: its events, and where it turns. */
function turns(
  system: System,
  claim: Claim,
  maxStates = 1000,
): [run: string[], points: TurningPoints | null] {
  const { stepper, results } = explore(system, [claim]);
  const moves = results[0]!.moves!;
  const run = moves.map((move) => stepper.decode(move).stimulus.event.type);
  return [run, turningPoints(stepper, claim, moves, maxStates)];
}

const neverBursts: Claim = {
  name: 'neverBursts',
  modality: 'always',
  means: 'The pump does not burst.',
  reads: { pump: ({ value }) => String(value) },
  check: ({ pump: state }) => (state === 'burst' ? { because: 'the pump has burst' } : null),
};

test('where a fault itself breaks the claim, every step before it leaves a chance', () => {
  expect(turns(pump({ breaks: 1, bursts: 1 }), neverBursts)).toEqual([
    ['BREAK', 'BURST'],
    { selfMade: 2, inevitable: 2 },
  ]);
});

test('after the loss of a letter the next one breaks the order, and it will arrive', () => {
  const system = mail({
    letters: 2,
    mailbox: { capacity: 2, loss: { drops: 1 } },
    budget: { drops: 1 },
  });
  expect(turns(system, lettersArriveInOrder)).toEqual([
    ['WRITE', 'WRITE', 'DROP', 'DELIVER'],
    { selfMade: 3, inevitable: 3 },
  ]);
});

test('what the protocol may do or not do breaks a claim by itself, and is inevitable only when done', () => {
  // Two letters taken at once: the first is never read. Taken one by one, they are in order for good.
  const system = mail({ letters: 2, mailbox: { capacity: 2, coalesce: 2 } });
  expect(turns(system, lettersArriveInOrder)).toEqual([
    ['WRITE', 'WRITE', 'DELIVER'],
    { selfMade: 0, inevitable: 3 },
  ]);
});

test('what happens sooner or later whatever else does is inevitable from the start', () => {
  const claim = sumClaim('always', 2, (sum) => sum < 3);
  expect(turns(counting(2, 9), claim)).toEqual([
    ['TICK', 'TICK', 'TICK'],
    { selfMade: 0, inevitable: 0 },
  ]);
});

test('a bound that the protocol pays from is no fault', () => {
  const { stimuli, ...rest } = counting(1, 9);
  const paid = stimuli.map((stimulus) => ({ ...stimulus, cost: { ticks: 1 } }));
  const claim = sumClaim('always', 1, (sum) => sum < 2);
  const points = (ticks: number): TurningPoints | null =>
    turns({ ...rest, stimuli: paid, budget: { ticks } }, claim)[1];
  // With two ticks one may be spent on the way back: only the second one up decides.
  expect([points(2), points(3)]).toEqual([
    { selfMade: 0, inevitable: 2 },
    { selfMade: 0, inevitable: 2 },
  ]);
});

test('where more follows than may be looked at, nothing is said', () => {
  const claim = sumClaim('always', 2, (sum) => sum < 3);
  expect(turns(counting(2, 9), claim, 5)[1]).toBeNull();
  // Six states with a sum below three, and four with three.
  expect(turns(counting(2, 9), claim, 10)[1]).toEqual({ selfMade: 0, inevitable: 0 });
  expect(turns(counting(2, 9), claim, 9)[1]).toBeNull();
});

test('looking ahead counts nothing as taken', () => {
  const claim = sumClaim('always', 2, (sum) => sum < 3);
  const { stepper, results } = explore(counting(2, 9), [claim]);
  const before = stepper.fired.slice();
  turningPoints(stepper, claim, results[0]!.moves!, 1000);
  expect([stepper.fired, stepper.counts]).toEqual([before, true]);
});
