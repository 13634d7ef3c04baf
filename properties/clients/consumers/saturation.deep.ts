/** Bounds are justified by saturation: growing any bound by one changes no verdict. */
import { afterAll, expect, it } from 'vitest';
import { consumerDesigns } from '../../../models/clients/consumers/designs/index.ts';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import { explore, type Verdict } from '../../../src/schedulers/explore.ts';
import { writeSaturation } from '../../saturation.ts';
import { consumerClaims, guarantees } from './index.ts';

const rows: string[][] = [];

afterAll(() => {
  const about = 'Each known-bad design of consuming, and the sound consumer beside it.';
  const headings = ['design', 'consumer', 'bound', 'states', 'guarantees broken'];
  writeSaturation('Kafka clients: consumers and groups', about, headings, rows);
});

/** Distinct states, and verdicts of the guarantees and of the claim that a design is caught by. */
function judged(options: ConsumerOptions, named: string): [number, [string, Verdict][]] {
  const { states, results } = explore(consumers(options), consumerClaims(options), {
    maxStates: 5_000_000,
  });
  const of = (claims: readonly string[]): Verdict => {
    const seen = results.filter(({ claim }) => claims.includes(claim.name));
    const worst = (['broken', 'undecided'] as const).find((verdict) =>
      seen.some((result) => result.verdict === verdict),
    );
    return worst ?? 'holds';
  };
  const verdicts = guarantees.map(({ name, claims }): [string, Verdict] => [name, of(claims)]);
  return [states, [...verdicts, [named, of([named])]]];
}

it.each(consumerDesigns)('$id and the sound consumer there: one more of each bound', (design) => {
  for (const [setting, rules] of [
    [design.setting, { ...repaired, ...design.rules }],
    [{ ...design.setting, ...design.soundSetting }, repaired],
  ] as const) {
    const options: ConsumerOptions = { ...defaults, ...setting, rules };
    const { records, lags } = options.bounds;
    const [, base] = judged(options, design.breaks);
    for (const bounds of [
      { records: records + 1, lags },
      { records, lags: lags + 1 },
    ]) {
      const [states, seen] = judged({ ...options, bounds }, design.breaks);
      expect(seen).toEqual(base);
      const grown = bounds.records > records ? `records ${bounds.records}` : `lags ${bounds.lags}`;
      const broken = seen
        .slice(0, -1)
        .flatMap(([name, verdict]) => (verdict === 'broken' ? name : []));
      const which = rules === repaired ? 'sound' : 'flawed';
      const told = [states.toLocaleString('en-US'), broken.join(', ') || 'none'];
      rows.push([design.id, which, grown, ...told]);
    }
  }
});
