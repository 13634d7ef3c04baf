/** Known-bad designs: each is caught by the claim it names; the sound one passes in its setting. */
import { describe, expect, it } from 'vitest';
import { type Design, designs } from '../../../models/clients/transactions/designs/index.ts';
import {
  defaults,
  optionsOf,
  sound,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { outcome } from './explored.ts';
import { transactionsClaims } from './index.ts';

/** The claims that a design breaks, each with its length; the named one taken through plain XState. */
function caught({ setting, rules, breaks }: Design): Record<string, number> {
  const bad = { ...setting, rules };
  const system = transactions(bad);
  const { results } = explore(system, transactionsClaims(optionsOf(bad)));
  const broken = results.filter(({ verdict }) => verdict === 'broken');
  const named = broken.find(({ claim }) => claim.name === breaks);
  if (named) confirm(system, { ...named, moves: named.moves! });
  return Object.fromEntries(broken.map(({ claim, moves }) => [claim.name, moves!.length]));
}

describe('known-bad designs of transactions', () => {
  it.each(designs)('$id is caught by $breaks in $shortest moves', (design) => {
    expect(caught(design)[design.breaks]).toBe(design.shortest);
  });

  it.each(designs)('the sound protocol passes every claim where $id is caught', (design) => {
    expect(outcome({ ...design.setting, ...design.soundSetting }).broken).toEqual({});
  });

  it('names every claim by some design', () => {
    const named = new Set(designs.map(({ breaks }) => breaks));
    const options = [defaults, optionsOf({ workload: 'transform' })];
    const claims = options.flatMap((each) => transactionsClaims(each).map(({ name }) => name));
    expect([...new Set(claims)].filter((name) => !named.has(name))).toEqual([]);
  });

  it('replaces every rule by some design', () => {
    const replaced = new Set(designs.flatMap(({ rules }) => Object.keys(rules)));
    expect(Object.keys(sound).filter((rule) => !replaced.has(rule))).toEqual([]);
  });

  it('gives every design a number of its own', () => {
    const ids = designs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
