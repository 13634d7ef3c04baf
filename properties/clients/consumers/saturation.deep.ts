/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { expect, it } from 'vitest';
import { consumerDesigns } from '../../../models/clients/consumers/designs/index.ts';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import { explore, type Verdict } from '../../../src/schedulers/explore.ts';
import { consumerClaims, guarantees } from './index.ts';

/** Verdicts of the guarantees, and of the claim that a design is caught by. */
function verdicts(options: ConsumerOptions, named: string): [string, Verdict][] {
  const { results } = explore(consumers(options), consumerClaims(options), {
    maxStates: 5_000_000,
  });
  const of = (claims: readonly string[]): Verdict => {
    const seen = results.filter(({ claim }) => claims.includes(claim.name));
    const worst = (['broken', 'undecided'] as const).find((verdict) =>
      seen.some((result) => result.verdict === verdict),
    );
    return worst ?? 'holds';
  };
  return [
    ...guarantees.map(({ name, claims }): [string, Verdict] => [name, of(claims)]),
    [named, of([named])],
  ];
}

it.each(consumerDesigns)('$id and the sound consumer there: one more of each bound', (design) => {
  for (const [setting, rules] of [
    [design.setting, { ...repaired, ...design.rules }],
    [{ ...design.setting, ...design.soundSetting }, repaired],
  ] as const) {
    const options: ConsumerOptions = { ...defaults, ...setting, rules };
    const { records, lags } = options.bounds;
    const base = verdicts(options, design.breaks);
    for (const bounds of [
      { records: records + 1, lags },
      { records, lags: lags + 1 },
    ]) {
      expect(verdicts({ ...options, bounds }, design.breaks)).toEqual(base);
    }
  }
});
