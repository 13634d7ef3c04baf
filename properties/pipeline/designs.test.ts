/** Known-bad pipelines: each is caught by the claim it names, and every claim by one of them. */
import { describe, expect, it } from 'vitest';
import { pipelineDesigns, soundSettingOf } from '../../models/pipeline/designs.ts';
import { pipeline, pipelineOptions } from '../../models/pipeline/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { confirm } from '../../src/schedulers/replay.ts';
import { pipelineClaims, subjectOf } from './index.ts';

const verdicts = pipelineDesigns.map((design) => {
  const system = pipeline(design.setting);
  const claims = pipelineClaims(subjectOf(pipelineOptions(design.setting)));
  return { design, system, ...explore(system, claims) };
});

describe('known-bad pipelines', () => {
  it.each(verdicts)('$design.id is caught by $design.breaks in $design.shortest moves', (run) => {
    const caught = run.results.find(({ claim }) => claim.name === run.design.breaks);
    expect([caught?.verdict, caught?.moves?.length]).toEqual(['broken', run.design.shortest]);
    // Taken once more through plain XState, which must see the same.
    const { claim, moves, violation } = caught!;
    confirm(run.system, { claim, moves: moves!, violation });
  });

  it.each(pipelineDesigns)('the sound pipeline passes where $id is caught', (design) => {
    const setting = soundSettingOf(design);
    const claims = pipelineClaims(subjectOf(pipelineOptions(setting)));
    const { complete, results } = explore(pipeline(setting), claims, { whole: true });
    const given = results.filter(({ verdict }) => verdict !== 'holds').map((r) => r.claim.name);
    expect([complete, given]).toEqual([true, design.givesUp ?? []]);
    expect(results.map(({ claim }) => claim.name)).toContain(design.breaks);
  });

  it('breaks every claim by some design', () => {
    const broken = verdicts.flatMap(({ results }) =>
      results.filter(({ verdict }) => verdict === 'broken').map(({ claim }) => claim.name),
    );
    const all = verdicts.flatMap(({ results }) => results.map(({ claim }) => claim.name));
    expect([...new Set(all)].filter((name) => !broken.includes(name))).toEqual([]);
  });
});
