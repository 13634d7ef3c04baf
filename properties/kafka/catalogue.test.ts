/** The catalogue of known-bad designs is the suite's proof of worth: each is caught, each claim earns its place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Design, kafkaDesigns } from '../../models/kafka/designs/index.ts';
import { defaults, findings, kafka, kafka41, repaired, rulesOf } from '../../models/kafka/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { type Caught, catchEntry } from '../catalogue/judge.ts';
import { type designOptions, kafkaEntries, replication, soundOptions } from '../catalogue/kafka.ts';
import { searched, toldOf } from '../catalogue/table.ts';
import { kafkaClaims, subjectOf } from './index.ts';

/** Designs by the setting of their sound counterpart, so that each is explored once. */
const bySetting = new Map<string, Design[]>();
for (const design of kafkaDesigns) {
  const { rules: _, ...setting } = soundOptions(design);
  const key = JSON.stringify(
    setting,
    Object.keys({ ...setting, ...setting.bounds, ...setting.faults }).sort(),
  );
  bySetting.set(key, [...(bySetting.get(key) ?? []), design]);
}
/** What the search says of each design. */
const caught = new Map(kafkaEntries.map((entry) => [entry.id, lazily(() => catchEntry(entry))]));
const searchFor = ({ id }: { id: string }): Caught => caught.get(id)!();
function lazily<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
const groups = [...bySetting.values()].map((designs) => ({
  ids: designs.map(({ id }) => id).join(', '),
  designs,
}));

/** Distinct states of the sound model, by the designs that are caught in its setting. */
const soundStates: Record<string, number> = {
  'F1, F28, F29, F45, X3': 271,
  F2: 74_157,
  'F3, F5, F26': 77_207,
  'F4, F19': 10_791,
  'F7a, F7b, F9, F11, F20, X2': 1_211,
  'F8, X10': 80_334,
  F10: 10_606,
  'F13, F14': 3_521,
  F15: 2_928,
  F16: 8_957,
  F17: 161_174,
  F18: 271,
  F22: 1_714,
  'F23, X4': 1_133,
  'F24, X8': 558,
  F25: 995,
  'F30, X9': 38_503,
  X1: 108_082,
  X5: 7_035,
  X6: 1_414,
  X7: 46_213,
};

describe('known-bad designs of replication', () => {
  it.each(kafkaDesigns)('$id is caught by $breaks in $shortest moves', (design) => {
    const { verdict, length } = searchFor(design);
    expect([verdict, length]).toEqual(['broken', design.shortest]);
  });

  it.each(groups)('the sound model passes every claim where $ids is caught', ({ ids, designs }) => {
    const options = soundOptions(designs[0]!);
    const claims = kafkaClaims(subjectOf(options));
    const { complete, states, results } = explore(kafka(options), claims);
    const broken = results.flatMap(({ claim, verdict }) =>
      verdict === 'holds' ? [] : [claim.name],
    );
    expect([complete, states, ...designs.map(() => broken)]).toEqual([
      true,
      soundStates[ids],
      ...designs.map(({ givesUp = [] }) => givesUp),
    ]);
  });

  it('names every claim by some design', () => {
    const named = new Set(kafkaDesigns.map(({ breaks }) => breaks));
    const claims = kafkaClaims(subjectOf(defaults)).map(({ name }) => name);
    expect(claims.filter((name) => !named.has(name))).toEqual([]);
  });

  it('replaces every rule by some design, finding or version', () => {
    const older = rulesOf('3.5', { eligibleLeaderReplicas: false });
    const replaced = new Set([
      ...kafkaDesigns.flatMap(({ rules }) => Object.keys(rules)),
      ...findings.flatMap(({ repair }) => Object.keys(repair)),
      ...Object.entries(kafka41).flatMap(([rule, is]) =>
        older[rule as keyof typeof older] === is ? [] : [rule],
      ),
    ]);
    expect(Object.keys(kafka41).filter((rule) => !replaced.has(rule))).toEqual([]);
  });

  it('gives every design a number of its own', () => {
    const ids = kafkaDesigns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is told in the committed table as the search finds it', () => {
    const file = new URL('../../reports/baseline/designs.md', import.meta.url);
    expect(toldOf(readFileSync(file, 'utf8'), replication)).toEqual(
      kafkaEntries.map((entry) => [...searched(entry, searchFor(entry)), entry.history]),
    );
  });
});

describe('what a design shows about the sound model', () => {
  /** F24, where two losses are too many, begins with two replicas. */
  it('two power losses lose nothing that three in-sync replicas acknowledged', () => {
    const faults = { powerLoss: 2 };
    const options = {
      ...defaults,
      faults,
      bounds: { ...defaults.bounds, lags: 0 },
      rules: repaired,
    };
    const claims = kafkaClaims(subjectOf(options)).filter(
      ({ name }) => name === 'acknowledgedRecordsSurvive',
    );
    expect(explore(kafka(options), claims).results.map(({ verdict }) => verdict)).toEqual([
      'holds',
    ]);
  });

  const passes = (options: ReturnType<typeof designOptions>): boolean =>
    explore(kafka(options), kafkaClaims(subjectOf(options))).results.every(
      ({ verdict }) => verdict === 'holds',
    );

  /** X9 and X10 remove the other halves of the check, and are caught. */
  it.each([{ faults: { powerLoss: 1 } }, { faults: { controlledShutdown: 1 } }])(
    'the leader need not look who is fenced, if the controller does: $faults',
    ({ faults }) => {
      const eligibleForIsr: typeof kafka41.eligibleForIsr = ({ registrations, followers }, id) =>
        followers[id]?.brokerEpoch === registrations[id]?.brokerEpoch;
      const rules = { ...repaired, eligibleForIsr };
      expect(passes({ ...defaults, faults, bounds: { ...defaults.bounds, lags: 0 }, rules })).toBe(
        true,
      );
    },
  );
});
