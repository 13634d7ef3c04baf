/**
 * The exhaustive scheduler: every move is taken, breadth first.
 *
 * It ends with a proof within the stated bounds, or with the shortest counterexample of each claim
 * that fails. A limit reached is `undecided`, never `holds`.
 */
import { ClaimTable } from '../engine/claim-table.ts';
import { StateStore } from '../engine/state-store.ts';
import { Stepper } from '../engine/stepper.ts';
import { walkTo } from '../engine/walk-to.ts';
import type { Claim, Violation } from '../model/claim.ts';
import type { System } from '../model/system.ts';
import { group } from './group.ts';
import { MemoryWatch } from './memory-watch.ts';
import { RecoveryGraph } from './recovery-graph.ts';

/** States expanded between two looks at the memory. */
const MEMORY_CHECK_EVERY = 1 << 12;

export type Verdict = 'holds' | 'broken' | 'undecided';

/** What the search says about one claim. */
export interface ClaimResult {
  readonly claim: Claim;
  readonly verdict: Verdict;
  /**
   * The shortest sequence of moves from where the search began to the state that decides: where an
   * `always` claim fails, where a `sometimes` claim is met, from where a `recovers` claim's state
   * cannot be reached any more.
   */
  readonly moves: readonly number[] | null;
  readonly violation: Violation | null;
}

/** What was seen, and what it says. */
export interface Exploration {
  readonly stepper: Stepper;
  /** True if the whole bounded space was seen. */
  readonly complete: boolean;
  /** The limit that stopped the search, as a sentence; null if none did. */
  readonly limit: string | null;
  readonly states: number;
  readonly moves: number;
  /** Moves on the longest of the shortest paths: the initial state is at depth 0. */
  readonly depth: number;
  readonly results: readonly ClaimResult[];
  /** How often an XState machine was asked for a transition. */
  readonly machineCalls: number;
  readonly bytesPerState: number;
  /** Shows every state found, by its tuple: one array, overwritten from state to state. */
  readonly eachState: (visit: (tuple: Int32Array) => void) => void;
}

export interface Progress {
  readonly states: number;
  readonly moves: number;
  readonly depth: number;
  /** States that are known but whose moves were not yet taken. */
  readonly frontier: number;
}

export interface ExploreOptions {
  /** Most states before the search gives up undecided (default 20 million). */
  readonly maxStates?: number;
  /** Most bytes of the visited set and its lists before it gives up (default 6 GiB). */
  readonly maxBytes?: number;
  /** Moves from the initial state to where the search begins (default none). */
  readonly after?: readonly number[];
  /** Ends undecided as soon as of each of these lists of claims one is decided (default: never). */
  readonly until?: readonly (readonly string[])[];
  /** Go on after every claim is decided, to count the whole space (default false). */
  readonly whole?: boolean;
  /** Told about every `progressEvery` states (default 65,536); returning false stops the search. */
  readonly onProgress?: (progress: Progress) => boolean | undefined;
  readonly progressEvery?: number;
}

/** Explores `system` and judges `claims`. */
export function explore(
  system: System,
  claims: readonly Claim[],
  options: ExploreOptions = {},
): Exploration {
  return new Search(system, claims, options).run();
}

interface Pending {
  readonly table: ClaimTable;
  /** Bit per field read, for up to 31 fields; -1 (all bits) where there are more. */
  readonly mask: number;
  decidedAt: number;
}

class Search {
  private readonly options: Required<Omit<ExploreOptions, 'onProgress'>>;
  private readonly onProgress: ExploreOptions['onProgress'];
  private readonly stepper: Stepper;
  private readonly store: StateStore;
  private readonly pending: Pending[];
  /** Claims still to be looked at when a state is found; `recovers` claims stay. */
  private watched: Pending[];
  private readonly recovery: RecoveryGraph | null;
  private readonly tuple: Int32Array;
  private moves = 0;
  private depth = 0;
  private limit: string | null = null;
  /** Whether all that was asked for is decided. */
  private isEnough = false;
  private readonly memory: MemoryWatch;

  constructor(system: System, claims: readonly Claim[], options: ExploreOptions) {
    const { onProgress, ...rest } = options;
    this.onProgress = onProgress;
    this.options = {
      maxStates: 20_000_000,
      maxBytes: 6 * 2 ** 30,
      after: [],
      until: [],
      whole: false,
      progressEvery: 1 << 16,
      ...rest,
    };
    this.memory = new MemoryWatch(this.options.maxBytes);
    this.stepper = new Stepper(system);
    this.store = new StateStore(this.stepper.fields);
    this.tuple = new Int32Array(this.stepper.fields);
    this.pending = claims.map((claim) => {
      const table = new ClaimTable(claim, this.stepper);
      const mask = table.fields.reduce((bits, field) => (field > 30 ? -1 : bits | (1 << field)), 0);
      return { table, mask, decidedAt: -1 };
    });
    this.watched = [...this.pending];
    const recovers = claims.filter((claim) => claim.modality === 'recovers');
    this.recovery = recovers.length > 0 ? new RecoveryGraph(recovers.length) : null;
  }

  run(): Exploration {
    const { stepper, store } = this;
    const tuple = walkTo(stepper, this.options.after);
    store.insert(tuple, -1, -1);
    this.judge(tuple, 0, -1);
    let levelEnd = 1;
    let id = 0;
    const offered: number[] = [];
    const visit = (move: number): void => {
      this.moves++;
      if (!stepper.hasChanged(tuple)) return;
      offered[store.offered] = move;
      store.offer(stepper.next, stepper.touched, stepper.touchedCount);
    };
    for (; id < store.size && !this.isOver(id); id++) {
      if (id === levelEnd) {
        this.depth++;
        levelEnd = store.size;
      }
      store.open(id, tuple);
      stepper.moves(tuple, visit);
      this.arrive(tuple, id, offered);
    }
    const complete = id === store.size;
    return this.report(complete);
  }

  /** Enters the successors of state `parent`, in the order of the moves that lead to them. */
  private arrive(from: Int32Array, parent: number, offered: readonly number[]): void {
    const { stepper, store, recovery, tuple } = this;
    recovery?.open(parent);
    store.prefetch();
    for (let i = 0; i < store.offered; i++) {
      const move = offered[i]!;
      const id = store.commit(i, parent, move);
      if (recovery) recovery.edge(id, stepper.healing(move));
      if (!store.inserted || this.watched.length === 0) continue;
      store.read(id, tuple);
      let changed = 0;
      for (let field = 0; field < stepper.fields - 1; field++) {
        if (tuple[field] !== from[field]) changed |= field > 30 ? -1 : 1 << field;
      }
      this.judge(tuple, id, changed);
    }
  }

  /** Judges a new state. A claim none of whose components changed is judged as in the state before. */
  private judge(tuple: Int32Array, id: number, changed: number): void {
    let decided = false;
    let recovers = 0;
    for (const pending of this.watched) {
      const { table, mask } = pending;
      const { modality } = table.claim;
      if (modality === 'recovers') {
        this.recovery!.mark(recovers++, id, table.isFine(tuple));
      } else if ((mask & changed) !== 0) {
        if (table.isFine(tuple) === (modality === 'always')) continue;
        pending.decidedAt = id;
        decided = true;
      }
    }
    if (decided) {
      this.watched = this.watched.filter(({ decidedAt }) => decidedAt < 0);
      this.isEnough = this.options.until.length > 0 && this.options.until.every(this.isDecided);
    }
  }

  private readonly isDecided = (names: readonly string[]): boolean =>
    this.pending.some(({ table, decidedAt }) => decidedAt >= 0 && names.includes(table.claim.name));

  private isOver(id: number): boolean {
    if (this.watched.length === 0 && this.pending.length > 0 && !this.options.whole) return true;
    if (this.isEnough) {
      this.limit = `Stopped at ${group(this.store.size)} states, depth ${this.depth}: enough is decided.`;
      return true;
    }
    if (id % MEMORY_CHECK_EVERY === 0 && !this.hasMemory()) return true;
    if (id % this.options.progressEvery === 0 && id > 0 && !this.checkIn(id)) return true;
    if (this.store.size <= this.options.maxStates) return false;
    this.limit = `Stopped at ${group(this.store.size)} states (the limit is ${group(this.options.maxStates)}), depth ${this.depth}.`;
    return true;
  }

  private hasMemory(): boolean {
    const bytes = this.store.bytes + (this.recovery?.bytes ?? 0);
    const why = this.memory.shortage(bytes);
    if (why === null) return true;
    this.limit = `Stopped at ${group(this.store.size)} states, depth ${this.depth}: ${why}.`;
    return false;
  }

  private checkIn(id: number): boolean {
    const progress = {
      states: this.store.size,
      moves: this.moves,
      depth: this.depth,
      frontier: this.store.size - id,
    };
    if (this.onProgress?.(progress) !== false) return true;
    this.limit = `Interrupted at ${group(this.store.size)} states, depth ${this.depth}.`;
    return false;
  }

  private report(complete: boolean): Exploration {
    const { stepper, store } = this;
    let recovers = 0;
    const results = this.pending.map((pending): ClaimResult => {
      const { claim } = pending.table;
      if (claim.modality === 'recovers') {
        return this.recovered(pending, recovers++, complete);
      }
      const met = pending.decidedAt >= 0;
      if (met) return this.decided(pending, pending.decidedAt);
      const exhausted = claim.modality === 'always' ? 'holds' : 'broken';
      const verdict = complete ? exhausted : 'undecided';
      return { claim, verdict, moves: null, violation: null };
    });
    return {
      stepper,
      complete,
      limit: this.limit,
      states: store.size,
      moves: this.moves,
      depth: this.depth,
      results,
      machineCalls: stepper.actors.reduce((sum, actor) => sum + actor.machineCalls, 0),
      bytesPerState: store.bytesPerState,
      eachState: (visit) => {
        const tuple = new Int32Array(stepper.fields);
        for (let id = 0; id < store.size; id++) {
          store.read(id, tuple);
          visit(tuple);
        }
      },
    };
  }

  private decided({ table }: Pending, id: number): ClaimResult {
    const tuple = new Int32Array(this.stepper.fields);
    this.store.read(id, tuple);
    const violation = table.judge(tuple);
    const verdict = table.claim.modality === 'sometimes' ? 'holds' : 'broken';
    return { claim: table.claim, verdict, moves: pathTo(this.store, id), violation };
  }

  private recovered(pending: Pending, index: number, complete: boolean): ClaimResult {
    const { claim } = pending.table;
    // Unexplored states could lead anywhere: without the whole space nothing is known.
    if (!complete) return { claim, verdict: 'undecided', moves: null, violation: null };
    const wedge = this.recovery!.firstWedge(index, this.store.size, claim.unaided === true);
    if (wedge < 0) return { claim, verdict: 'holds', moves: null, violation: null };
    return this.decided(pending, wedge);
  }
}

/** The moves from where the search began to state `id`, as it first found them. */
function pathTo(store: StateStore, id: number): number[] {
  const moves: number[] = [];
  for (let at = id; store.parent[at]! >= 0; at = store.parent[at]!) moves.push(store.via[at]!);
  return moves.reverse();
}
