import { describe, expect, it } from 'vitest';
import { faultClasses, streaming } from '../../../models/spark/streaming/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';

const whole = (options: Parameters<typeof streaming>[0]) => {
  const { states, moves, depth, complete } = explore(streaming(options), [], { whole: true });
  return { states, moves, depth, complete };
};

describe('the space of a streaming query', () => {
  it('is small without faults', () => {
    expect(whole({})).toEqual({ states: 124, moves: 194, depth: 27, complete: true });
  });

  it('grows with crashes, lost executors and a zombie', () => {
    const faults = { driverCrash: 2, executorLoss: 2, zombieWrite: 1 };
    expect(whole({ faults })).toEqual({ states: 12_043, moves: 36_294, depth: 40, complete: true });
  });
});

describe('fault classes', () => {
  it('are all paid for by some stimulus, and no stimulus costs another', () => {
    const faults = Object.fromEntries(Object.keys(faultClasses).map((kind) => [kind, 1]));
    const { stimuli } = streaming({ faults, storage: 'fsRename', partitions: 2 });
    const paid = stimuli.flatMap(({ cost }) => Object.keys(cost ?? {}));
    expect([...new Set(paid)].sort()).toEqual(Object.keys(faultClasses).sort());
  });
});
