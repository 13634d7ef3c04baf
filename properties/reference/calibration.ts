/**
 * What the engine says about the KIP-320 family, in the figures TLC prints: to be held against its.
 *
 * The only files under models/ that use the engine are this one and tests: the figures are about
 * both.
 */

import { kip320System, type Sizes, type Variant } from '../../models/reference/kip320/index.ts';
import type { Claim, System } from '../../src/model/index.ts';
import { type ClaimResult, explore, type Progress } from '../../src/schedulers/explore.ts';
import { confirm } from '../../src/schedulers/replay.ts';
import { kip320Claims } from './kip320-claims.ts';

/** A path to the state that decides a claim, in both usual counts. */
interface Length {
  /** Moves from the initial state. */
  readonly steps: number;
  /** States on the path, the initial one included: what TLC numbers. */
  readonly states: number;
}

interface InvariantFigures {
  readonly name: string;
  readonly verdict: 'holds' | 'broken' | 'undecided';
  /** The shortest path to a state that breaks it, as plain XState confirms it. */
  readonly counterexample:
    | (Length & { readonly because: string; readonly trace: readonly string[] })
    | null;
}

interface SituationFigures {
  readonly name: string;
  readonly verdict: 'reached' | 'unreachable' | 'undecided';
  /** The shortest path to it. */
  readonly path: Length | null;
}

/** What the engine found about one variant. */
export interface VariantFigures {
  readonly name: string;
  readonly module: string;
  /** Distinct states. */
  readonly states: number;
  /** States on the longest of all shortest paths: the initial state is at depth 1. */
  readonly depth: number;
  /** Whether the whole space was seen, and no limit on states or memory stopped the search. */
  readonly complete: boolean;
  readonly invariants: readonly InvariantFigures[];
  readonly situations: readonly SituationFigures[];
}

/** Explores one variant to its end, past every violation, so that its states can be compared. */
export function calibrate(
  variant: Variant,
  sizes: Sizes,
  maxStates: number,
  onProgress: (progress: Progress) => void = () => {},
): VariantFigures {
  const system = kip320System(variant, sizes);
  const seen = explore(system, kip320Claims(sizes), {
    maxStates,
    whole: true,
    onProgress: (progress) => {
      onProgress(progress);
      return true;
    },
  });
  const of = (modality: Claim['modality']): ClaimResult[] =>
    seen.results.filter(({ claim }) => claim.modality === modality);
  return {
    name: variant.name,
    module: variant.module,
    states: seen.states,
    depth: seen.depth + 1,
    complete: seen.complete,
    invariants: of('always').map((result) => invariant(system, result)),
    situations: of('sometimes').map((result) => situation(system, result)),
  };
}

function invariant(system: System, { claim, ...found }: ClaimResult): InvariantFigures {
  const { verdict, moves, violation } = found;
  if (!moves) return { name: claim.name, verdict, counterexample: null };
  const { steps } = confirm(system, { claim, moves, violation });
  const trace = steps.map(({ move }) => move.label);
  const because = violation?.because ?? '';
  return {
    name: claim.name,
    verdict,
    counterexample: { ...lengthOf(steps), because, trace },
  };
}

function situation(system: System, { claim, ...found }: ClaimResult): SituationFigures {
  const { verdict, moves, violation } = found;
  const named = { holds: 'reached', broken: 'unreachable', undecided: 'undecided' } as const;
  const path = moves && lengthOf(confirm(system, { claim, moves, violation }).steps);
  return { name: claim.name, verdict: named[verdict], path };
}

const lengthOf = (steps: readonly unknown[]): Length => ({
  steps: steps.length,
  states: steps.length + 1,
});

// ----- as text -----------------------------------------------------------------------------

const NAME_WIDTH = 26;
const STOPPED =
  '  Stopped there by the limit on states (--max-states) or memory: undecided is not "holds".';

export function heading({ replicas, logSize, records, maxEpoch }: Sizes): string {
  const sizes = [
    count(replicas, 'replica'),
    `log size ${logSize}`,
    count(records, 'record'),
    `leader epochs 0 to ${maxEpoch}`,
  ];
  return `The KIP-320 family: ${sizes.join(', ')}\n`;
}

/** A variant's figures, a line for each claim; with `traces`, every counterexample move by move. */
export function render(figures: VariantFigures, traces = false): string {
  const { name, module, states, depth, complete } = figures;
  const lines = [
    `${name} (${module}.tla): ${count(states, 'distinct state')}, depth ${depth}`,
    ...(complete ? [] : [STOPPED]),
    ...figures.invariants.flatMap((of) => [
      line(of.name, invariantText(of)),
      ...(traces ? (of.counterexample?.trace ?? []).map(numbered) : []),
    ]),
    ...figures.situations.map((of) => line(of.name, situationText(of))),
  ];
  return `${lines.join('\n')}\n`;
}

export const CONVENTIONS = `Counted as TLC counts: depth and counterexamples in states, the initial state included.
Every variant is explored to its end, past its violations (TLC's -continue). Counterexamples are shortest.
`;

const numbered = (move: string, i: number): string => `    ${String(i + 1).padStart(2)}  ${move}`;
const line = (name: string, text: string): string => `  ${name.padEnd(NAME_WIDTH)}${text}`;

function invariantText({ verdict, counterexample }: InvariantFigures): string {
  if (!counterexample) return verdict;
  return `${verdict} after ${lengthText(counterexample)}: ${counterexample.because}`;
}

function situationText({ verdict, path }: SituationFigures): string {
  return path ? `${verdict} after ${lengthText(path)}` : verdict;
}

const lengthText = ({ steps, states }: Length): string =>
  `${count(steps, 'step')} (${count(states, 'state')})`;

function count(amount: number, what: string): string {
  return `${amount.toLocaleString('en-US')} ${what}${amount === 1 ? '' : 's'}`;
}
