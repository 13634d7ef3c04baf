/**
 * The fast-check scheduler: random walks, far past what exhaustive search can see.
 *
 * It finds failures and shrinks them; it proves nothing. A claim it has nothing against stays
 * `undecided`, whatever the number of runs.
 */
import * as fc from 'fast-check';
import { ClaimTable } from '../engine/claim-table.ts';
import { LOSSES, Stepper } from '../engine/stepper.ts';
import type { Claim, Violation } from '../model/claim.ts';
import type { StimulusClass, System } from '../model/system.ts';
import { type Walk, WalkArbitrary, Walker } from './walk.ts';

export interface SampleOptions {
  /** Walks to draw (default 1,000). */
  readonly runs?: number;
  /** Moves of a walk (default 60). */
  readonly maxMoves?: number;
  /** Seed of everything random (default 1): the same seed gives the same sample. */
  readonly seed?: number;
  /** Draw all runs, even after every claim that can be decided is (default false). */
  readonly whole?: boolean;
  /** Claim -> length of its shortest counterexample, where a search could tell. */
  readonly shortest?: Readonly<Record<string, number>>;
  /** Makes what is told of every move of the walks: its number, and the states it led between. */
  readonly watch?: (stepper: Stepper) => Watch;
}

/** The states are tuples that are overwritten from move to move. */
export type Watch = (move: number, before: Int32Array, after: Int32Array) => void;

/** What the sample says of one claim. */
export interface SampledClaim {
  readonly claim: Claim;
  /**
   * `broken`: an `always` claim failed; `holds`: a `sometimes` claim was met; else `undecided`.
   * `recovers` claims cannot be judged by walks.
   */
  readonly verdict: 'holds' | 'broken' | 'undecided';
  /** The run that decided, counted from one. */
  readonly run: number | null;
  /** Moves of that run up to its decision. */
  readonly found: Walk | null;
  /** The same, shrunk: no single move can be dropped. Null where nothing failed. */
  readonly moves: Walk | null;
  /** Runs that shrinking took. */
  readonly attempts: number;
  readonly violation: Violation | null;
  /** Length of `moves` less that of the shortest counterexample known; null if none is known. */
  readonly distance: number | null;
}

/** How often a stimulus was given. */
export interface Exercise {
  readonly type: string;
  readonly class: StimulusClass;
  readonly times: number;
}

/** What was walked, and what it says. */
export interface Sample {
  readonly stepper: Stepper;
  readonly seed: number;
  /** Walks drawn. */
  readonly runs: number;
  /** Moves taken in all of them. */
  readonly moves: number;
  readonly results: readonly SampledClaim[];
  /** Every stimulus of the system by type and class, those never given included. */
  readonly exercised: readonly Exercise[];
  /** Fault class -> how much of the budget was paid for it; every class of the budget is there. */
  readonly faults: Readonly<Record<string, number>>;
  /** Messages lost, for a fault or for nothing. */
  readonly lostMessages: number;
}

/** Samples walks of `system` and judges `claims` in every state of each. */
export function sample(
  system: System,
  claims: readonly Claim[],
  options: SampleOptions = {},
): Sample {
  return new Sampling(system, claims, options).run();
}

interface Open {
  readonly table: ClaimTable;
  run: number | null;
  found: Walk | null;
}

class Sampling {
  private readonly options: Required<Omit<SampleOptions, 'watch'>>;
  private readonly watch: Watch | undefined;
  private readonly walker: Walker;
  private readonly claims: Open[];
  /** Claims that a walk can still decide. */
  private open: Open[];
  private runs = 0;
  private moves = 0;
  private lostMessages = 0;
  private readonly faults: Record<string, number>;

  constructor(system: System, claims: readonly Claim[], options: SampleOptions) {
    const { watch, ...rest } = options;
    this.options = { runs: 1000, maxMoves: 60, seed: 1, whole: false, shortest: {}, ...rest };
    const stepper = new Stepper(system);
    this.watch = watch?.(stepper);
    this.walker = new Walker(stepper);
    this.claims = claims.map((claim) => ({
      table: new ClaimTable(claim, stepper),
      run: null,
      found: null,
    }));
    this.open = this.claims.filter(({ table }) => table.claim.modality !== 'recovers');
    this.faults = Object.fromEntries(Object.keys(system.budget ?? {}).map((fault) => [fault, 0]));
  }

  run(): Sample {
    const { runs, maxMoves, seed } = this.options;
    const walks = new WalkArbitrary(this.walker, maxMoves, () => false);
    fc.check(
      fc.property(walks, (walk) => this.survey(walk)),
      { seed, numRuns: runs, endOnFailure: true },
    );
    // What shrinking tries is not part of what the sample exercised.
    const results = this.walker.uncounted(() => this.claims.map((claim) => this.result(claim)));
    return {
      stepper: this.walker.stepper,
      seed,
      runs: this.runs,
      moves: this.moves,
      results,
      exercised: this.exercised(),
      faults: this.faults,
      lostMessages: this.lostMessages,
    };
  }

  /** Walks once and judges every claim. @returns false (which ends the sample) if none is open. */
  private survey(walk: Walk): boolean {
    this.runs++;
    const judge = (taken: number): void => {
      for (const open of this.open) {
        const { claim } = open.table;
        if (open.table.isFine(this.walker.tuple) === (claim.modality === 'always')) continue;
        open.run = this.runs;
        open.found = walk.slice(0, taken);
      }
      this.open = this.open.filter(({ run }) => run === null);
    };
    this.walker.restart();
    judge(0);
    walk.forEach((move, i) => {
      this.give(move);
      judge(i + 1);
    });
    return this.open.length > 0 || this.claims.length === 0 || this.options.whole;
  }

  /** Takes a move and enters it in the books. */
  private give(move: number): void {
    const { walker, faults } = this;
    const before = walker.budget();
    const state = this.watch && walker.tuple.slice();
    walker.take(move);
    if (state) this.watch?.(move, state, walker.tuple);
    this.moves++;
    if (move % LOSSES > 0) this.lostMessages++;
    const after = walker.budget();
    if (before === after) return;
    for (const fault of Object.keys(faults)) {
      faults[fault]! += (before[fault] ?? 0) - (after[fault] ?? 0);
    }
  }

  private result({ table, run, found }: Open): SampledClaim {
    const { claim } = table;
    if (found === null) {
      const nothing = { run, found, moves: null, attempts: 0, violation: null, distance: null };
      return { claim, verdict: 'undecided', ...nothing };
    }
    const { moves, attempts } = this.shrink(table, found);
    this.walker.run(moves, () => false);
    const shortest = this.options.shortest[claim.name];
    return {
      claim,
      verdict: claim.modality === 'always' ? 'broken' : 'holds',
      run,
      found,
      moves,
      attempts,
      violation: table.judge(this.walker.tuple),
      distance: shortest === undefined ? null : moves.length - shortest,
    };
  }

  /** Lets fast-check shrink a walk that decides the claim. */
  private shrink(table: ClaimTable, found: Walk): { moves: Walk; attempts: number } {
    const { walker } = this;
    const decides = (tuple: Int32Array): boolean =>
      table.isFine(tuple) !== (table.claim.modality === 'always');
    let attempts = 0;
    const details = fc.check(
      fc.property(new WalkArbitrary(walker, found.length, decides), (walk) => {
        attempts++;
        return !walker.run(walk, decides).over;
      }),
      { seed: this.options.seed, numRuns: 1, examples: [[found]] },
    );
    const shrunk = details.counterexample?.[0] ?? found;
    return { moves: walker.run(shrunk, decides).taken, attempts };
  }

  private exercised(): Exercise[] {
    const { stimuli, fired } = this.walker.stepper;
    const times = new Map<string, { type: string; class: StimulusClass; times: number }>();
    stimuli.forEach(({ event, class: kind }, i) => {
      const key = `${kind} ${event.type}`;
      const known = times.get(key) ?? { type: event.type, class: kind, times: 0 };
      known.times += fired[i]!;
      times.set(key, known);
    });
    return [...times.values()];
  }
}
