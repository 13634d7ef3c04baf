/** The catalogue of known-bad designs is the suite's proof of worth: each is caught, each claim earns its place. */
import { describe, expect, it } from 'vitest';
import { streamingDesigns } from '../../../models/spark/streaming/designs/index.ts';
import { defaults, sound, streaming } from '../../../models/spark/streaming/index.ts';
import type { Claim } from '../../../src/model/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { streamingClaims, subjectOf } from './index.ts';

const verdicts = streamingDesigns.map((design) => {
  const options = { ...defaults, ...design.setting, rules: { ...sound, ...design.rules } };
  const system = streaming(options);
  return { design, system, ...explore(system, streamingClaims(subjectOf(options))) };
});

describe('known-bad designs of Structured Streaming', () => {
  it.each(verdicts)('$design.id is caught by $design.breaks in $design.shortest moves', (run) => {
    const caught = run.results.find(({ claim }) => claim.name === run.design.breaks);
    expect([caught?.verdict, caught?.moves?.length]).toEqual(['broken', run.design.shortest]);
    // Taken once more through plain XState, which must see the same.
    const { claim, moves, violation } = caught!;
    confirm(run.system, { claim, moves: moves!, violation });
  });

  it.each(streamingDesigns)('the sound model passes where $id is caught', (design) => {
    const setting = { ...defaults, ...design.setting, ...design.soundSetting, rules: sound };
    // What needs a hand on the checkpoint is asked for only where a design is about it.
    const asked = ({ modality, name }: Claim): boolean =>
      modality === 'always' || name === design.breaks;
    const claims = streamingClaims(subjectOf(setting)).filter(asked);
    const { results } = explore(streaming(setting), claims);
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(results.map(({ claim }) => claim.name)).toContain(design.breaks);
  });

  it('breaks every claim by some design', () => {
    const broken = verdicts.flatMap(({ results }) =>
      results.filter(({ verdict }) => verdict === 'broken').map(({ claim }) => claim.name),
    );
    const all = verdicts.flatMap(({ results }) => results.map(({ claim }) => claim.name));
    expect([...new Set(all)].filter((name) => !broken.includes(name))).toEqual([]);
  });

  it('gives every design a number of its own', () => {
    const ids = streamingDesigns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
