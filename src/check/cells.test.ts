import { expect, test } from 'vitest';
import { guarantees } from '../../properties/kafka/index.ts';
import { cellsOf, silences, withRepairs } from './cells.ts';
import { overall } from './check.ts';
import { topicOf } from './fixtures/deployment.ts';
import { type JobResult, skippedJob } from './job.ts';
import { type CheckOptions, type Plan, planOf } from './plan.ts';
import type { Cell, Counterexample, Verdict } from './results.ts';

const counterexample = (claim: string, length: number): Counterexample => ({
  claim,
  length,
  shortest: true,
  steps: [],
  components: [],
  claims: [],
  turns: null,
  because: '',
  witness: null,
  evidence: [],
  replay: '',
});

/** A result in which every claim holds but the given ones; a number is a counterexample's length. */
function resultOf(
  plan: Plan,
  job: number,
  found: Readonly<Record<string, number | 'undecided'>> = {},
  unmet: readonly string[] = [],
): JobResult {
  const { scope, ...none } = skippedJob(plan.jobs[job]!, '');
  const claims = none.claims.map(({ claim }) => {
    const what = found[claim] ?? 'holds';
    return typeof what === 'number'
      ? {
          claim,
          verdict: 'broken' as Verdict,
          length: what,
          counterexample: counterexample(claim, what),
        }
      : { claim, verdict: what as Verdict, length: null, counterexample: null };
  });
  return { ...none, claims, unmet, scope: { ...scope, complete: true, limit: null } };
}

const planFor = (options: CheckOptions): Plan => planOf(topicOf({}), options);
const of = (cells: readonly Cell[], guarantee: string): Cell[] =>
  cells.filter((cell) => cell.guarantee === guarantee);

test('a guarantee is broken by the shortest counterexample among its claims', () => {
  const plan = planFor({ faults: { brokerCrash: 1 } });
  const found = { electableReplicasAreComplete: 9, electedLeadersAreComplete: 7 };
  const [cell] = of(cellsOf(plan, [resultOf(plan, 0, found)]), 'clean-leaders-are-complete');
  expect([cell!.verdict, cell!.counterexample?.claim]).toEqual([
    'broken',
    'electedLeadersAreComplete',
  ]);
});

test('a guarantee is undecided if one of its claims is, unless another is broken', () => {
  const plan = planFor({ faults: { brokerCrash: 1 } });
  const verdict = (found: Record<string, number | 'undecided'>): Verdict =>
    of(cellsOf(plan, [resultOf(plan, 0, found)]), 'recovers')[0]!.verdict;
  expect(verdict({ everyReplicaRejoins: 'undecided' })).toBe('undecided');
  expect(verdict({ everyReplicaRejoins: 'undecided', aLeaderIsFoundAgain: 3 })).toBe('broken');
});

test('what holds while nothing happened that could break it is undecided, and says why', () => {
  const plan = planFor({ faults: { brokerCrash: 1 } });
  const result = resultOf(plan, 0, { everyReplicaRejoins: 5 }, ['A broker does not run.']);
  const cells = cellsOf(plan, [result]);
  expect(of(cells, 'no-acked-loss')[0]).toMatchObject({
    verdict: 'undecided',
    warnings: [{ kind: 'vacuous', text: 'It never happened: A broker does not run.' }],
  });
  expect(of(cells, 'recovers')[0]).toMatchObject({ verdict: 'broken', warnings: [] });
  expect(overall(cells)).toBe('undecided');
});

test('what a smaller budget breaks, a larger one breaks where its own search did not end', () => {
  const plan = planFor({ faults: { brokerCrash: 1, partition: 1 } });
  const results = [
    resultOf(plan, 0, { acknowledgedRecordsSurvive: 4 }),
    resultOf(plan, 1),
    resultOf(plan, 2, { acknowledgedRecordsSurvive: 'undecided' }),
  ];
  const cells = of(cellsOf(plan, results), 'no-acked-loss');
  expect(cells.map(({ verdict }) => verdict)).toEqual(['broken', 'holds', 'broken']);
  expect(cells[2]).toMatchObject({
    counterexample: { length: 4 },
    warnings: [{ kind: 'found-with-fewer-faults', text: 'Found under brokerCrash=1 already.' }],
  });
});

test('with no broker down, or with two, nothing is asked about one broker down', () => {
  const asked = (faults: Record<string, number>) => {
    const plan = planFor({ faults, require: ['writable-with-one-broker-down'] });
    const results = plan.jobs.map((_, i) => resultOf(plan, i));
    const cells = of(cellsOf(plan, results), 'writable-with-one-broker-down');
    return [cells.map((cell) => cell.faults), silences(plan, results)];
  };
  const silence = ['writable-with-one-broker-down is required, but says nothing of orders'];
  expect(asked({ brokerCrash: 1, partition: 1 })).toEqual([
    [{ brokerCrash: 1 }, { brokerCrash: 1, partition: 1 }],
    [],
  ]);
  expect(asked({ brokerCrash: 2 })).toEqual([[], silence]);
  expect(asked({})).toEqual([[], silence]);
});

test('a guarantee that says nothing of the settings has no cell', () => {
  const plan = planFor({ faults: {}, require: ['acks-mean-min-insync'] });
  const { claims, ...rest } = resultOf(plan, 0);
  const own = guarantees.find(({ name }) => name === 'acks-mean-min-insync')!.claims;
  const results = [{ ...rest, claims: claims.filter(({ claim }) => !own.includes(claim)) }];
  expect(of(cellsOf(plan, results), 'acks-mean-min-insync')).toEqual([]);
  expect(silences(plan, results)).toEqual([
    'acks-mean-min-insync is required, but says nothing of orders',
  ]);
  expect(overall(cellsOf(plan, results))).toBe('undecided');
});

test('broken wins over undecided, and only what is required counts', () => {
  const plan = planFor({ faults: {}, require: ['no-acked-loss', 'recovers'] });
  const verdict = (found: Record<string, number | 'undecided'>): Verdict =>
    overall(cellsOf(plan, [resultOf(plan, 0, found)]));
  expect(verdict({})).toBe('holds');
  expect(verdict({ oneLeaderPerEpoch: 3 })).toBe('holds');
  expect(verdict({ everyReplicaRejoins: 'undecided' })).toBe('undecided');
  expect(verdict({ everyReplicaRejoins: 'undecided', acknowledgedRecordsSurvive: 3 })).toBe(
    'broken',
  );
});

test('a cell broken by findings alone says that it holds once they are repaired', () => {
  const plan = planFor({ faults: { brokerCrash: 1 } });
  const faithful = cellsOf(plan, [
    resultOf(plan, 0, { acknowledgedRecordsSurvive: 9, everyReplicaRejoins: 4 }),
  ]);
  const repaired = cellsOf(plan, [resultOf(plan, 0, { everyReplicaRejoins: 6 })]);
  const cells = withRepairs(faithful, repaired, () => ['KF-1']);
  expect(of(cells, 'no-acked-loss')[0]).toMatchObject({
    verdict: 'broken',
    withRepairs: { findings: ['KF-1'], verdict: 'holds' },
    counterexample: { length: 9 },
  });
  // The deployment's own flaw is not hidden behind a finding.
  expect(of(cells, 'recovers')[0]).toMatchObject({
    verdict: 'broken',
    withRepairs: { findings: ['KF-1'], verdict: 'broken' },
    counterexample: { length: 6 },
  });
  expect(of(cells, 'one-leader-per-epoch')[0]).toMatchObject({
    verdict: 'holds',
    withRepairs: null,
  });
});
