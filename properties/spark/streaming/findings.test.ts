/** Where Spark 4.1 does not do what a right Structured Streaming would: the findings of the README. */
import { describe, expect, it } from 'vitest';
import { streamingDesigns } from '../../../models/spark/streaming/designs/index.ts';
import { defaults, sound, spark41, streaming } from '../../../models/spark/streaming/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { streamingClaims, subjectOf } from './index.ts';

const findings = [
  { hazard: 'H1', id: 'B10' },
  { hazard: 'H2', id: 'B11' },
  { hazard: 'H3', id: 'X08' },
  { hazard: 'H4', id: 'B25' },
  { hazard: 'H4, two drivers', id: 'X04' },
  { hazard: 'H6', id: 'B56' },
  { hazard: 'a skipped batch has no watermark', id: 'B67' },
];

describe('Spark 4.1 as implemented', () => {
  it.each(findings)('breaks what $id breaks ($hazard), in as many moves', ({ id }) => {
    const { setting, breaks, shortest } = streamingDesigns.find((design) => design.id === id)!;
    const options = { ...defaults, ...setting, rules: spark41 };
    const { results } = explore(streaming(options), streamingClaims(subjectOf(options)));
    const caught = results.find(({ claim }) => claim.name === breaks);
    expect([caught?.verdict, caught?.moves?.length]).toEqual(['broken', shortest]);
  });

  it('differs from the sound rules in what the findings are about, and in nothing else', () => {
    const names = Object.keys(sound) as (keyof typeof sound)[];
    expect(names.filter((name) => sound[name] !== spark41[name])).toEqual([
      'gapInCommits',
      'commitsAhead',
      'skippedBatchRuns',
      'regressedEnd',
      'noticesTruncation',
      'rethrowsCloseErrors',
      'checksRenamedFile',
    ]);
  });
});
