/** The catalogue of known-bad designs: each is caught, each claim and each rule earns its place. */
import { describe, expect, test } from 'vitest';
import {
  compactionDesigns,
  type Design,
} from '../../../models/clients/compaction/designs/index.ts';
import {
  compaction,
  findings,
  kafka,
  optionsOf,
  repaired,
  type Setting,
} from '../../../models/clients/compaction/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { compactionClaims } from './index.ts';

const flawed = ({ setting, rules }: Design): Setting => ({
  ...setting,
  rules: { ...repaired, ...rules },
});
const sound = ({ setting, soundSetting }: Design): Setting => ({
  ...setting,
  ...soundSetting,
  rules: repaired,
});

/** Designs by the setting of their sound counterpart, so that each is explored once. */
const bySetting = new Map<string, Design[]>();
for (const design of compactionDesigns) {
  const key = JSON.stringify(sound(design));
  bySetting.set(key, [...(bySetting.get(key) ?? []), design]);
}

describe('the known-bad designs of log compaction', () => {
  test.each(compactionDesigns.map((design) => [design.id, design] as const))(
    '%s is caught by the claim it names, and by no shorter trace',
    (_, design) => {
      const system = compaction(flawed(design));
      const claims = compactionClaims(optionsOf(flawed(design)));
      const wanted = claims.filter(({ name }) => name === design.breaks);
      const { results } = explore(system, wanted);
      expect(results.map(({ verdict, moves }) => [verdict, moves?.length])).toEqual([
        ['broken', design.shortest],
      ]);
      // Plain XState, without any table of the engine, sees the same.
      for (const { claim, moves, violation } of results) {
        const { steps } = confirm(system, { claim, moves: moves!, violation });
        expect(steps).toHaveLength(design.shortest);
      }
    },
  );

  test.each(
    [...bySetting.values()].map((group) => [group.map(({ id }) => id).join(', '), group] as const),
  )('the sound model passes every claim where %s is caught', (_, group) => {
    const setting = sound(group[0]!);
    const { complete, results } = explore(
      compaction(setting),
      compactionClaims(optionsOf(setting)),
    );
    const broken = results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim }) => claim.name);
    expect([complete, broken]).toEqual([true, group[0]!.givesUp ?? []]);
  });

  test('every claim is broken by some design', () => {
    const named = new Set(compactionDesigns.map(({ breaks }) => breaks));
    const options = optionsOf({ replicas: 2, policy: 'compact,delete' });
    const claims = compactionClaims(options).map(({ name }) => name);
    expect(claims.filter((name) => !named.has(name))).toEqual([]);
  });

  test('every rule is replaced by some design or finding', () => {
    const replaced = new Set([
      ...compactionDesigns.flatMap(({ rules }) => Object.keys(rules)),
      ...findings.flatMap(({ repair }) => Object.keys(repair)),
    ]);
    expect(Object.keys(kafka).filter((rule) => !replaced.has(rule))).toEqual([]);
  });

  test('every design has a number of its own', () => {
    const ids = compactionDesigns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
