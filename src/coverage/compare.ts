/** What several schedulers took, side by side. */
import { keyOf } from '../engine/control-graph.ts';
import { type Coverage, mergeCoverage } from '../engine/coverage.ts';
import { failurePaths } from '../engine/failure-paths.ts';
import { mergeStrikes, type Strikes } from '../engine/strikes.ts';
import type { Claim, Phases } from '../model/index.ts';
import {
  type ByScheduler,
  type MachineReport,
  type Scheduler,
  type SuiteReport,
  schedulers,
} from './schema.ts';

/** What one scheduler took of one case. */
export interface Run {
  readonly coverage: Coverage;
  readonly strikes: readonly Strikes[];
  /** Claims that were judged in every state that the run came to. */
  readonly judged: readonly Claim[];
}
export type Runs = Readonly<Record<Scheduler, readonly Run[]>>;

type Compared = Pick<SuiteReport, 'machines' | 'strikes' | 'claims' | 'neverFired'>;

/** Everything by scheduler. The universe is all that any of them saw drawn. */
export function compared(runs: Runs, phases: readonly Phases[]): Compared {
  const merged = each(runs, (list) => mergeCoverage(list.map((run) => run.coverage)));
  const whole = mergeCoverage([merged.searched, merged.sampled, merged.scenarios]);
  const machines = Object.keys(whole.machines).map((id) => [id, machine(id, whole, merged)]);
  return {
    machines: Object.fromEntries(machines) as Record<string, MachineReport>,
    strikes: phases.map((_, i) => strikesOf(runs, i)),
    claims: claimsOf(runs),
    neverFired: [...merged.searched.neverFired],
  };
}

function machine(
  id: string,
  whole: Coverage,
  merged: Readonly<Record<Scheduler, Coverage>>,
): MachineReport {
  const universe = whole.machines[id]!;
  const healthy = new Set(universe.states.filter((s) => s.healthy).map(({ name }) => name));
  const of = each(merged, ({ machines }) => machines[id]);
  const states = each(of, (m) => new Map(m?.states.map(({ name, visits }) => [name, visits])));
  const edges = each(of, (m) => new Map(m?.edges.map((edge) => [keyOf(edge), edge.taken])));
  const paths = each(of, (m) => {
    const all = failurePaths(m?.edges ?? [], healthy);
    return new Map(all.map(({ path, taken }) => [path.join(' '), taken]));
  });
  const counts = (maps: Record<Scheduler, Map<string, number>>, key: string): ByScheduler =>
    each(maps, (map) => map.get(key) ?? 0);
  return {
    states: universe.states.map(({ name }) => ({
      name,
      healthy: healthy.has(name),
      visits: counts(states, name),
    })),
    edges: universe.edges.map((edge) => {
      const { from, event, guard, to } = edge;
      const taken = counts(edges, keyOf(edge));
      return { from, event, guard, to, taken, struck: edge.struck > 0 };
    }),
    failurePaths: universe.failurePaths.map(({ path }) => ({
      path: [...path],
      taken: counts(paths, path.join(' ')),
    })),
  };
}

function strikesOf(runs: Runs, index: number): SuiteReport['strikes'][number] {
  const merged = each(runs, (list) => mergeStrikes(list.map(({ strikes }) => strikes[index]!)));
  const whole = mergeStrikes(
    schedulers.map((one) => merged[one]).filter(({ phases }) => phases.length > 0),
  );
  const rows = each(merged, (m) => new Map(m.rows.map((r) => [`${r.fault} ${r.stimulus}`, r])));
  return {
    of: whole.of,
    phases: [...whole.phases],
    rows: whole.rows.map(({ fault, stimulus }) => ({
      fault,
      stimulus,
      cells: whole.phases.map((_, column) =>
        each(rows, (map) => map.get(`${fault} ${stimulus}`)?.struck[column] ?? 0),
      ),
    })),
  };
}

/** By claim: how many edges were taken in runs that judged it throughout. */
function claimsOf(runs: Runs): SuiteReport['claims'] {
  const names = new Map<string, Claim>();
  for (const { judged } of runs.searched) for (const claim of judged) names.set(claim.name, claim);
  return [...names.values()].map(({ name, modality }) => ({
    name,
    modality: modality as 'always' | 'recovers',
    edges: each(runs, (list) => {
      const those = list.filter(({ judged }) => judged.some((claim) => claim.name === name));
      return edgesTaken(those.map((run) => run.coverage));
    }),
  }));
}

function edgesTaken(parts: readonly Coverage[]): number {
  const taken = new Set<string>();
  for (const { machines } of parts) {
    for (const [id, { edges }] of Object.entries(machines)) {
      for (const edge of edges) if (edge.taken > 0) taken.add(`${id} ${keyOf(edge)}`);
    }
  }
  return taken.size;
}

/** The same of each scheduler. */
function each<T, R>(of: Readonly<Record<Scheduler, T>>, make: (one: T) => R): Record<Scheduler, R> {
  return {
    searched: make(of.searched),
    sampled: make(of.sampled),
    scenarios: make(of.scenarios),
  };
}
