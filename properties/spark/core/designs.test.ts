import { describe, expect, test } from 'vitest';
import { type Design, designs } from '../../../models/spark/core/designs/index.ts';
import {
  lineageDefaults,
  outputDefaults,
  persistenceDefaults,
} from '../../../models/spark/core/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { type Subject, subjects } from './index.ts';

const sound: Record<Design['system'], { rules: object }> = {
  lineage: lineageDefaults,
  output: outputDefaults,
  persistence: persistenceDefaults,
};
const build = (system: Design['system'], options: object): Subject => subjects[system](options);
const flawed = ({ system, setting, rules }: Design): Subject =>
  build(system, { ...setting, rules: { ...sound[system].rules, ...rules } });

describe('the known-bad designs of Spark core', () => {
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
  test.each([...settings])('the sound model passes everything at %s', (_, { system, options }) => {
    const subject = build(system, options);
    const { results } = explore(subject.system, subject.claims);
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });

  test('every claim is broken by some design', () => {
    const claims = designs.flatMap((design) => flawed(design).claims.map(({ name }) => name));
    const broken = new Set(designs.map(({ breaks }) => breaks));
    expect([...new Set(claims)].filter((name) => !broken.has(name))).toEqual([]);
  });
});
