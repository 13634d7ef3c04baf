/**
 * Thresholds: how much of what can happen must be taken, and what may stay untaken and why. One file,
 * `coverage.thresholds.json`, gates `npm test`.
 */
import { z } from 'zod';
import { pathsOf } from './paths.ts';
import {
  type ByScheduler,
  type CoverageReport,
  type Scheduler,
  type SuiteReport,
  schedulers,
} from './schema.ts';

const percent = z.number().min(0).max(100);
const least = z
  .strictObject({ searched: percent, sampled: percent, scenarios: percent })
  .partial()
  .describe('By scheduler: the least share in percent.');

const suiteThresholds = z.strictObject({
  edges: least.describe('Of all edges of the control graphs.'),
  failurePaths: least.describe('Of all failure paths.'),
  strikes: least.describe('Of all faults in all phases in which the search saw them strike.'),
  claims: percent.describe('Of all edges that the search took: least share for every claim.'),
  neverTaken: z
    .record(z.string(), z.string())
    .describe('Edge, with * for any text -> why no search of a case takes it.'),
});

export const thresholdsSchema = z.strictObject({
  about: z.string(),
  suites: z.record(z.string(), suiteThresholds),
});
export type Thresholds = z.infer<typeof thresholdsSchema>;
type SuiteThresholds = z.infer<typeof suiteThresholds>;

/** What falls short, one sentence each; empty if nothing does. */
export function shortfalls({ suites }: CoverageReport, thresholds: Thresholds): string[] {
  return suites.flatMap((suite) => {
    const wanted = thresholds.suites[suite.name];
    if (!wanted) return [`${suite.name} has no thresholds: add them to coverage.thresholds.json.`];
    return shortfallsOf(suite, wanted).map((sentence) => `${suite.name}: ${sentence}`);
  });
}

function shortfallsOf(suite: SuiteReport, wanted: SuiteThresholds): string[] {
  const machines = Object.values(suite.machines);
  const edges = machines.flatMap((machine) => machine.edges.map(({ taken }) => taken));
  const paths = machines.flatMap((machine) => machine.failurePaths.map(({ taken }) => taken));
  const cells = suite.strikes.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const struck = cells.filter(({ searched }) => searched > 0);
  return [
    ...(suite.complete ? [] : ['a case was not searched to its end, so nothing is proved.']),
    ...tooFew('edges', edges, wanted.edges),
    ...tooFew('failure paths', paths, wanted.failurePaths),
    ...tooFew('faults by phase', struck, wanted.strikes),
    ...claimsWithLittle(suite, edges, wanted.claims),
    ...unexplained(suite, wanted.neverTaken),
    ...suite.neverFired.map((stimulus) => `the stimulus ${stimulus} is never given.`),
  ];
}

const by: Readonly<Record<Scheduler, string>> = {
  searched: 'search',
  sampled: 'walks',
  scenarios: 'scenarios',
};

function tooFew(
  what: string,
  all: readonly ByScheduler[],
  least: Partial<Record<Scheduler, number | undefined>>,
): string[] {
  return schedulers.flatMap((one) => {
    const wanted = least[one];
    if (wanted === undefined || all.length === 0) return [];
    const taken = all.filter((counts) => counts[one] > 0).length;
    const share = (100 * taken) / all.length;
    if (share >= wanted) return [];
    return [
      `${taken} of ${all.length} ${what} taken by ${by[one]} (${share.toFixed(1)} %), not ${wanted} %.`,
    ];
  });
}

function claimsWithLittle(
  { claims }: SuiteReport,
  edges: readonly ByScheduler[],
  wanted: number,
): string[] {
  const all = edges.filter(({ searched }) => searched > 0).length;
  return claims.flatMap(({ name, edges: { searched } }) => {
    const share = (100 * searched) / all;
    if (share >= wanted) return [];
    return [
      `${name} was judged on ${searched} of ${all} edges (${share.toFixed(1)} %), not ${wanted} %.`,
    ];
  });
}

/** Edges that no search took and nobody explains, and explanations of nothing. */
function unexplained(suite: SuiteReport, known: Readonly<Record<string, string>>): string[] {
  const patterns = Object.keys(known).map((text) => ({ text, pattern: patternOf(text) }));
  const { edges } = pathsOf(suite, 'never');
  const strange = edges.filter((edge) => !patterns.some(({ pattern }) => pattern.test(edge)));
  const stale = patterns.filter(({ pattern }) => !edges.some((edge) => pattern.test(edge)));
  return [
    ...strange.map((edge) => `never taken: ${edge}`),
    ...stale.map(({ text }) => `'${text}' is explained as never taken, and it is taken.`),
  ];
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map((part) => part.replace(/[$()+.?[\\\]^{|}]/g, '\\$&'))
      .join('.*')}$`,
  );
