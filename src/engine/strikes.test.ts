import { describe, expect, test } from 'vitest';
import { type Phases, statesOf } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';
import { sample, type Watch } from '../schedulers/sample.ts';
import { mail, pump } from '../testing/toys.ts';
import { Stepper } from './stepper.ts';
import { mergeStrikes, StrikeCounter } from './strikes.ts';

const pumps = statesOf('the pump', 'pump', ['works', 'broken', 'stopped', 'burst']);

/** Strikes in every state that the search finds. */
function searched(system: ReturnType<typeof pump>, phases: Phases) {
  const found = explore(system, [], { whole: true });
  const counter = new StrikeCounter(found.stepper, phases);
  found.eachState((tuple) => {
    found.stepper.moves(tuple, (move) => {
      if (found.stepper.hasChanged(tuple)) counter.note(move, tuple, found.stepper.next);
    });
  });
  return counter.result();
}

describe('faults by phase', () => {
  test('tell in which state of a component each fault can strike', () => {
    expect(searched(pump({ breaks: 2, bursts: 1 }), pumps)).toEqual({
      of: 'the pump',
      phases: ['works', 'broken', 'stopped', 'burst'],
      rows: [
        { fault: 'breaks', stimulus: 'BREAK', struck: [2, 0, 0, 0] },
        { fault: 'bursts', stimulus: 'BURST', struck: [0, 2, 0, 0] },
      ],
    });
  });

  test('have a row for a fault that never strikes', () => {
    expect(searched(pump({ breaks: 1 }), pumps).rows[1]).toEqual({
      fault: 'bursts',
      stimulus: 'BURST',
      struck: [0, 0, 0, 0],
    });
  });

  test('count a message lost for a fault with the move that sent it', () => {
    const writer = statesOf('the writer', 'writer', ['writing']);
    expect(
      searched(mail({ letters: 2, loss: { loss: 1 }, budget: { loss: 1 } }), writer).rows,
    ).toEqual([{ fault: 'loss', stimulus: 'WRITE', struck: [4] }]);
  });

  test('do not count what is lost for nothing', () => {
    const writer = statesOf('the writer', 'writer', ['writing']);
    expect(searched(mail({ letters: 2, loss: {} }), writer).rows).toEqual([]);
  });

  test('leave out what has to do with no component', () => {
    const nobody: Phases = { ...pumps, component: () => null };
    expect(searched(pump({ breaks: 1 }), nobody).rows).toEqual([]);
  });

  test('refuse a phase that was not named', () => {
    expect(() => searched(pump({ breaks: 1 }), { ...pumps, phases: ['broken'] })).toThrow(
      "the pump: 'works' is not among the phases broken.",
    );
  });

  test('are told of walks as well', () => {
    let counter: StrikeCounter | undefined;
    const watch = (stepper: Stepper): Watch => {
      counter = new StrikeCounter(stepper, pumps);
      return (move, before, after) => counter?.note(move, before, after);
    };
    sample(pump({ breaks: 1 }), [], { runs: 5, seed: 1, whole: true, watch });
    expect(counter?.result().rows[0]).toEqual({
      fault: 'breaks',
      stimulus: 'BREAK',
      struck: [5, 0, 0, 0],
    });
  });

  test('add up, in the order of their names', () => {
    const one = new StrikeCounter(new Stepper(pump({ breaks: 1 })), pumps).result();
    const more = searched(pump({ breaks: 2, bursts: 1 }), pumps);
    expect(mergeStrikes([one, more, more]).rows).toEqual([
      { fault: 'breaks', stimulus: 'BREAK', struck: [4, 0, 0, 0] },
      { fault: 'bursts', stimulus: 'BURST', struck: [0, 4, 0, 0] },
    ]);
  });
});
