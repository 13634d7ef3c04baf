/**
 * The engine against XState itself, on the real models: a memo table may never change a result.
 */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaults, kafka } from '../../models/kafka/index.ts';
import { kip320System, variants } from '../../models/reference/kip320/index.ts';
import { LOSSES, Stepper } from '../../src/engine/stepper.ts';
import type { System } from '../../src/model/index.ts';
import { type PlainState, plainMove, plainStart } from '../../src/schedulers/plain.ts';
import { WalkArbitrary, Walker } from '../../src/schedulers/walk.ts';

const seed = 20_261_123;
const everyFault = {
  brokerCrash: 2,
  powerLoss: 1,
  diskLoss: 1,
  partition: 1,
  slowReplica: 1,
  lostMessage: 2,
  controlledShutdown: 1,
  preferredElection: 1,
};
const bounds = { ...defaults.bounds, records: 2, partitionEpochs: 6, leaderEpochs: 4 };

const systems: readonly [name: string, system: System][] = [
  ['kafka, every fault', kafka({ faults: everyFault, bounds })],
  [
    'kafka, late fetch responses in channels',
    kafka({ faults: everyFault, bounds, rules: { ...defaults.rules, usesOldResponses: true } }),
  ],
  [
    'kafka, truncation by epoch query, unclean elections, acks=1',
    kafka({
      faults: everyFault,
      bounds,
      acks: 1,
      uncleanLeaderElection: true,
      rules: { ...defaults.rules, truncation: 'onNewEpoch' },
    }),
  ],
  ...variants.map((variant): [string, System] => [
    `${variant.name}, which reads views`,
    kip320System(variant, { replicas: 3, logSize: 2, records: 2, maxEpoch: 2 }),
  ]),
];

/** A global state of the engine, in the form of the other. */
function shown({ actors, purse }: Stepper, tuple: Int32Array) {
  const locals = actors.map(({ name, index, locals }) => {
    const { value, context } = locals.at(tuple[index]!);
    return [name, { value, context }];
  });
  return { locals: Object.fromEntries(locals), budget: purse.at(tuple[tuple.length - 1]!) };
}

function plainly({ snapshots, budget }: PlainState) {
  const locals = Object.entries(snapshots).map(([name, { value, context }]) => [
    name,
    { value, context },
  ]);
  return { locals: Object.fromEntries(locals), budget };
}

/** Shows the difference if there is one; `toEqual` alone would take most of the time. */
function expectSame(engine: unknown, plain: unknown): void {
  if (!isDeepStrictEqual(engine, plain)) expect(engine).toEqual(plain);
}

describe.each(systems)('%s', (_, system) => {
  test('the engine and plain XState are in the same state after every move', () => {
    const walker = new Walker(new Stepper(system));
    const walks = fc.sample(new WalkArbitrary(walker, 60, () => false), { seed, numRuns: 50 });
    let moves = 0;
    for (const walk of walks) {
      walker.restart();
      let plain = plainStart(system);
      for (const move of walk) {
        expect(walker.take(move)).toBe(true);
        const taken = plainMove(system, plain, Math.floor(move / LOSSES), move % LOSSES);
        if ('impossible' in taken) throw new Error(`${taken.impossible}, says XState`);
        plain = taken.state;
        moves++;
        expectSame(shown(walker.stepper, walker.tuple), plainly(plain));
      }
    }
    expect(moves).toBeGreaterThan(400);
  });

  test('the engine and plain XState agree on what is possible, and on where it leads', () => {
    const walker = new Walker(new Stepper(system));
    const { stepper } = walker;
    const [walk] = fc.sample(new WalkArbitrary(walker, 12, () => false), { seed, numRuns: 1 });
    walker.restart();
    let plain = plainStart(system);
    let possible = 0;
    for (const move of walk!) {
      const visited = new Set<number>();
      stepper.moves(walker.tuple, (each) => {
        visited.add(each);
      });
      for (let s = 0; s < system.stimuli.length; s++) {
        for (let lost = 0; lost < 4; lost++) {
          const number = s * LOSSES + lost;
          const taken = plainMove(system, plain, s, lost);
          const isPossible = !('impossible' in taken);
          expect(stepper.take(walker.tuple, number)).toBe(isPossible);
          expect(visited.has(number)).toBe(isPossible);
          if (!isPossible) continue;
          possible++;
          expectSame(shown(stepper, stepper.next), plainly(taken.state));
        }
      }
      walker.take(move);
      const taken = plainMove(system, plain, Math.floor(move / LOSSES), move % LOSSES);
      if (!('impossible' in taken)) plain = taken.state;
    }
    expect(possible).toBeGreaterThan(10);
  });
});
