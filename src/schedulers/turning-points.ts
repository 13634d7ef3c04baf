/**
 * Where a run turns: the step after which no further fault is needed to break a claim, and the step
 * that makes it inevitable. Both are computed from all that can follow, not read off the run.
 */
import { ClaimTable } from '../engine/claim-table.ts';
import { StateStore } from '../engine/state-store.ts';
import type { Stepper } from '../engine/stepper.ts';
import type { Claim } from '../model/claim.ts';
import { RecoveryGraph } from './recovery-graph.ts';

/**
 * Steps are counted from one; 0 stands for the initial state: it is so from the start.
 *
 * What may follow a state is what clients, the protocol and repairs do, within the model's bounds,
 * without any further fault. A state *breaks by itself* if a violation can follow. It is *doomed* if
 * from every state that can follow a violation can follow still: then one does, if no move that is
 * enabled for ever is postponed for ever (strong fairness, as in the reading of `recovers` claims).
 * From a state that is not doomed a state can be reached in which the claim is safe until a fault.
 */
export interface TurningPoints {
  /** The step after which every state of the run breaks by itself. */
  readonly selfMade: number;
  /** The step after which every state of the run is doomed: the last chance was before it. */
  readonly inevitable: number;
}

/**
 * The turning points of a run that breaks an `always` claim in its last state.
 *
 * @param stepper of the system; its tables are used and grow, its counts stay.
 * @param moves of the run, as a search or a sample numbered them.
 * @param maxStates the most states that may follow.
 * @returns null if more states follow than that: nothing is known then.
 */
export function turningPoints(
  stepper: Stepper,
  claim: Claim,
  moves: readonly number[],
  maxStates: number,
): TurningPoints | null {
  const counted = stepper.counts;
  stepper.counts = false;
  try {
    return new Sequel(stepper, claim, moves).turningPoints(maxStates);
  } finally {
    stepper.counts = counted;
  }
}

/** In the graph: states that violate the claim, and states after which it is safe. */
const VIOLATING = 0;
const SAFE = 1;
const BY_ITSELF = 1;

/** All that can follow the states of a run without a fault. */
class Sequel {
  private readonly stepper: Stepper;
  private readonly table: ClaimTable;
  private readonly store: StateStore;
  private readonly graph = new RecoveryGraph(2);
  /** What the protocol itself pays from the budget: bounds of its own, not faults. */
  private readonly bounds: ReadonlySet<string>;
  /** The run's states, with no faults left. */
  private readonly run: readonly number[];

  constructor(stepper: Stepper, claim: Claim, moves: readonly number[]) {
    this.stepper = stepper;
    this.table = new ClaimTable(claim, stepper);
    this.store = new StateStore(stepper.fields);
    const own = stepper.stimuli.filter((stimulus) => stimulus.class !== 'fault');
    this.bounds = new Set(own.flatMap(({ cost = {} }) => Object.keys(cost)));
    const tuple = new Int32Array(stepper.fields);
    stepper.start(tuple);
    const run = [this.withoutFaults(tuple)];
    for (const move of moves) {
      stepper.take(tuple, move);
      tuple.set(stepper.next);
      run.push(this.withoutFaults(tuple));
    }
    this.run = run;
  }

  turningPoints(maxStates: number): TurningPoints | null {
    if (!this.explore(maxStates)) return null;
    const { graph, run, store } = this;
    const breaks = graph.reaching(VIOLATING, store.size, false);
    for (let id = 0; id < store.size; id++) graph.mark(SAFE, id, breaks[id] === 0);
    const hasChance = graph.reaching(SAFE, store.size, false);
    return {
      selfMade: run.findLastIndex((id) => breaks[id] === 0) + 1,
      inevitable: run.findLastIndex((id) => hasChance[id] === 1) + 1,
    };
  }

  /** @returns false if more than `maxStates` follow. */
  private explore(maxStates: number): boolean {
    const { stepper, store, graph, table } = this;
    const tuple = new Int32Array(stepper.fields);
    for (let id = 0; id < store.size; id++) {
      if (store.size > maxStates) return false;
      store.read(id, tuple);
      const isFine = table.isFine(tuple);
      graph.mark(VIOLATING, id, !isFine);
      graph.open(id);
      // What comes after a violation is of no interest.
      if (!isFine) continue;
      stepper.moves(tuple, (move) => {
        if (stepper.decode(move).stimulus.class === 'fault') return;
        graph.edge(store.insert(stepper.next, id, move), BY_ITSELF);
      });
    }
    return true;
  }

  /** Enters a state from whose budget no fault can be paid any more. */
  private withoutFaults(tuple: Int32Array): number {
    const { bounds, store } = this;
    const { fields, purse } = this.stepper;
    const left = Object.entries(purse.at(tuple[fields - 1]!));
    const spent = tuple.slice();
    spent[fields - 1] = purse.fill(Object.fromEntries(left.filter(([kind]) => bounds.has(kind))));
    return store.insert(spent, -1, -1);
  }
}
