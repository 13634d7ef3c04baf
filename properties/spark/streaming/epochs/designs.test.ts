/** Continuous processing and real-time mode: what they promise, what they do not, and how it was broken. */
import { describe, expect, it } from 'vitest';
import {
  defaults,
  type EpochOptions,
  epochDesigns,
  epochs,
  sound,
  spark41,
} from '../../../../models/spark/streaming/epochs/index.ts';
import { explore } from '../../../../src/schedulers/explore.ts';
import { epochClaims, epochSituations } from './claims.ts';

function broken(setting: Partial<EpochOptions>): Record<string, number> {
  const options = { ...defaults, ...setting };
  const claims = [...epochClaims(options), ...epochSituations(options)];
  const { results } = explore(epochs(options), claims);
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim, moves }) => [claim.name, moves?.length ?? -1]),
  );
}

describe('known-bad designs of long-running tasks', () => {
  it.each(epochDesigns)('$id is caught by $breaks in $shortest moves', (design) => {
    const { setting, rules, breaks, shortest } = design;
    expect(broken({ ...setting, rules: { ...sound, ...rules } })[breaks]).toBe(shortest);
  });

  it.each(epochDesigns)('the sound model passes where $id is caught', (design) => {
    const { setting, soundSetting, breaks } = design;
    const found = Object.keys(broken({ ...setting, ...soundSetting }));
    // At-least-once is all that these modes promise.
    expect(found.filter((name) => name !== 'noRecordIsInTheSinkTwice')).toEqual([]);
    expect(found).not.toContain(breaks);
  });

  it('breaks every claim by some design', () => {
    const caught = epochDesigns.map(({ breaks }) => breaks);
    const names = epochClaims(defaults).map(({ name }) => name);
    expect(names.filter((name) => !caught.includes(name))).toEqual([]);
  });
});

describe('continuous processing and real-time mode under two driver crashes', () => {
  const faults = { driverCrash: 2 };

  it.each(['continuous', 'realTime'] as const)('%s is at-least-once, not exactly-once', (mode) => {
    expect(broken({ mode, faults })).toEqual({ noRecordIsInTheSinkTwice: 9 });
  });

  it('continuous processing of Spark 4.1 commits epochs with the offsets of another run', () => {
    expect(broken({ faults, rules: spark41, bounds: { records: 2, epochs: 2 } })).toEqual({
      committedRecordsReachTheSink: 10,
      noRecordIsInTheSinkTwice: 9,
    });
  });
});
