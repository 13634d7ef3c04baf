import { describe, expect, test } from 'vitest';
import { kip320System, type Sizes, variants } from '../../models/reference/kip320/index.ts';
import type { AnyRules } from '../../models/reference/kip320/rules.ts';
import { kip279 } from '../../models/reference/kip320/variants/kip279.ts';
import { kip320 } from '../../models/reference/kip320/variants/kip320.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { calibrate } from './calibration.ts';
import { kip320Claims } from './kip320-claims.ts';

const LIMIT = 1_000_000;

const sizesOf = (replicas: number, logSize: number, records: number, maxEpoch: number): Sizes => ({
  replicas,
  logSize,
  records,
  maxEpoch,
});

/** States of the shortest counterexample of each broken invariant. */
function broken(figures: ReturnType<typeof calibrate>): Record<string, number> {
  return Object.fromEntries(
    figures.invariants
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ name, counterexample }) => [name, counterexample!.states]),
  );
}

/** Distinct states, depth and counterexample lengths (in states) of every variant. */
function table(sizes: Sizes, names = variants.map(({ name }) => name)): unknown[] {
  return variants
    .filter(({ name }) => names.includes(name))
    .map((variant) => {
      const figures = calibrate(variant, sizes, LIMIT);
      const { leaderInIsr, ...rest } = broken(figures);
      expect(figures.complete).toBe(true);
      expect(leaderInIsr).toBe(1);
      return [variant.name, figures.states, figures.depth, rest];
    });
}

// Every figure here is also TLC's, run on the published modules.
describe('the KIP-320 family has the states, depth and counterexamples that TLC finds', () => {
  test('with 3 replicas, log size 2, 1 record, epochs 0 to 1', () => {
    expect(table(sizesOf(3, 2, 1, 1))).toEqual([
      ['truncateToHighWatermark', 10_681, 17, { weakIsr: 9, strongIsr: 9 }],
      ['kip101', 9_841, 18, { strongIsr: 12 }],
      ['kip279', 9_841, 18, { strongIsr: 12 }],
      ['kip320FirstTry', 9_661, 18, {}],
      ['kip320', 6_787, 18, {}],
    ]);
  });

  test('with 3 replicas, log size 2, 2 records, epochs 0 to 1', () => {
    expect(table(sizesOf(3, 2, 2, 1))).toEqual([
      ['truncateToHighWatermark', 67_807, 21, { weakIsr: 9, strongIsr: 9 }],
      ['kip101', 59_788, 22, { strongIsr: 12 }],
      ['kip279', 60_106, 22, { strongIsr: 12 }],
      ['kip320FirstTry', 59_092, 22, {}],
      ['kip320', 39_619, 22, {}],
    ]);
  });

  test('with 2 replicas, where KIP-101 and KIP-279 part', () => {
    expect(table(sizesOf(2, 2, 2, 2))).toEqual([
      ['truncateToHighWatermark', 10_131, 20, { weakIsr: 9, strongIsr: 10 }],
      ['kip101', 9_045, 18, { weakIsr: 12, strongIsr: 12 }],
      ['kip279', 9_027, 18, {}],
      ['kip320FirstTry', 8_429, 18, {}],
      ['kip320', 5_973, 18, {}],
    ]);
  });

  test('with a single replica, which nobody follows', () => {
    const alone = variants.map(({ name }) => [name, 44, 10, {}]);
    expect(table(sizesOf(1, 2, 2, 2))).toEqual(alone);
  });

  test('with 3 replicas and epochs 0 to 2, where the first try at KIP-320 fails', () => {
    expect(table(sizesOf(3, 1, 1, 2), ['kip279', 'kip320FirstTry', 'kip320'])).toEqual([
      ['kip279', 192_592, 22, { weakIsr: 11, strongIsr: 11 }],
      ['kip320FirstTry', 175_453, 23, { weakIsr: 12, strongIsr: 13 }],
      ['kip320', 97_531, 22, {}],
    ]);
  });
});

test('every situation that the invariants are about is reached', () => {
  const { situations } = calibrate(kip320, sizesOf(2, 2, 2, 2), LIMIT);
  expect(situations.map(({ name, path }) => [name, path?.states])).toEqual([
    ['aRecordIsCommitted', 6],
    ['twoPresumeLeadership', 5],
    ['logsDiffer', 7],
    ['nobodyCanBeElected', 3],
  ]);
});

describe('every fence of KIP-320 is needed', () => {
  /** States of the shortest counterexample to strongIsr, or to weakIsr, with some rules replaced. */
  const lengths = (rules: Partial<AnyRules>, sizes: Sizes): (number | undefined)[] => {
    const weaker = { ...kip320, rules: { ...kip320.rules, ...rules } as AnyRules };
    return ['weakIsr', 'strongIsr'].map((name) => {
      const claims = kip320Claims(sizes).filter((claim) => claim.name === name);
      const { results } = explore(kip320System(weaker, sizes), claims, { maxStates: LIMIT });
      return results[0]!.moves ? results[0]!.moves.length + 1 : undefined;
    });
  };

  test('a follower that fetches across epochs breaks weakIsr', () => {
    expect(lengths({ mayFetch: () => true }, sizesOf(3, 1, 1, 2))).toEqual([13, undefined]);
  });

  test('a leader that counts followers in other epochs breaks both', () => {
    const acknowledges: AnyRules['acknowledges'] = (leader, member) =>
      leader.hw < leader.log.length && leader.hw < member.endOffset;
    expect(lengths({ acknowledges }, sizesOf(3, 1, 1, 2))).toEqual([13, 13]);
  });

  test('a leader that expands the ISR before its own epoch has begun breaks both', () => {
    const mayJoin: AnyRules['mayJoin'] = (leader, candidate) =>
      leader.leaderEpoch === candidate.leaderEpoch && leader.hw <= candidate.endOffset;
    expect(lengths({ mayJoin }, sizesOf(3, 1, 1, 2))).toEqual([14, 12]);
  });

  test('a follower that truncates to a leader of another epoch breaks both', () => {
    const { history, truncation } = kip279.rules;
    expect(lengths({ history: history!, truncation }, sizesOf(3, 2, 2, 2))).toEqual([14, 14]);
  });

  test('but a leader may shrink the ISR whenever it likes', () => {
    const hasFallenBehind = (): boolean => true;
    expect(lengths({ hasFallenBehind }, sizesOf(3, 1, 1, 2))).toEqual([undefined, undefined]);
  });
});
