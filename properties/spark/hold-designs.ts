/** What every catalogue of known-bad designs of a part of Spark is held to. */
import { describe, expect, test } from 'vitest';
import { explore } from '../../src/schedulers/explore.ts';
import { confirm } from '../../src/schedulers/replay.ts';
import type { Subject } from './core/index.ts';

/** What the tests read of a design, whatever it is a design of. */
interface PartDesign<System extends string> {
  readonly id: string;
  readonly system: System;
  readonly breaks: string;
  readonly shortest: number;
  readonly setting: object;
  readonly soundSetting?: object;
  readonly rules: object;
}

/**
 * Every design is caught, the sound model passes in its place, and every claim is earned.
 * @param sound the options of each system whose rules are right.
 * @param subjects what builds each system and its claims.
 */
export function holdDesigns<System extends string>(
  title: string,
  designs: readonly PartDesign<System>[],
  sound: Readonly<Record<System, { readonly rules: object }>>,
  subjects: Readonly<Record<System, (options: object) => Subject>>,
): void {
  const flawed = ({ system, setting, rules }: PartDesign<System>): Subject =>
    subjects[system]({ ...setting, rules: { ...sound[system].rules, ...rules } });

  describe(title, () => {
    test.each(designs.map((design) => [design.id, design] as const))(
      '%s is caught by the claim it names, and by no shorter trace',
      (_, design) => {
        const { system, claims } = flawed(design);
        const wanted = claims.filter(({ name }) => name === design.breaks);
        const { results } = explore(system, wanted);
        expect(results.map(({ verdict, moves }) => [verdict, moves?.length])).toEqual([
          ['broken', design.shortest],
        ]);
        // Plain XState, without any table of the engine, sees the same.
        for (const { claim, moves, violation } of results) {
          expect(confirm(system, { claim, moves: moves!, violation }).steps).toHaveLength(
            design.shortest,
          );
        }
      },
    );

    const settings = new Map(
      designs.map(({ system, setting, soundSetting }) => {
        const options = { ...setting, ...soundSetting };
        return [`${system} ${JSON.stringify(options)}`, { system, options }] as const;
      }),
    );
    test.each([...settings])(
      'the sound model passes everything at %s',
      (_, { system, options }) => {
        const subject = subjects[system](options);
        const { results } = explore(subject.system, subject.claims);
        expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
      },
    );

    test('every claim is broken by some design', () => {
      const claims = designs.flatMap((design) => flawed(design).claims.map(({ name }) => name));
      const broken = new Set(designs.map(({ breaks }) => breaks));
      expect([...new Set(claims)].filter((name) => !broken.has(name))).toEqual([]);
    });
  });
}
