/**
 * Which states can still get well: the moves that heal, kept as a graph, searched backwards from
 * the good states.
 *
 * Cost: 4 bytes a state and 4 a healing move while searching, as much again for the reversal.
 */
import { IntList } from '../engine/int-list.ts';

export class RecoveryGraph {
  /** Edges of state `i` are `edges[starts[i]]` to `edges[starts[i + 1]]`: twice the target, odd for a repair. */
  private readonly starts = new IntList();
  private readonly edges = new IntList();
  private readonly good: IntList[];

  /** @param claims number of `recovers` claims. */
  constructor(claims: number) {
    this.good = Array.from({ length: claims }, () => new IntList());
  }

  get bytes(): number {
    return 4 * (this.starts.data.length + this.edges.data.length * 2);
  }

  /** The following edges leave state `id`; states are opened in order. */
  open(id: number): void {
    while (this.starts.length <= id) this.starts.push(this.edges.length);
  }

  /** @param healing 1: by the protocol itself, 2: a repair, 0: neither (not kept). */
  edge(to: number, healing: number): void {
    if (healing > 0) this.edges.push(to * 2 + (healing - 1));
  }

  /** Notes that state `id` is good for claim `claim`. */
  mark(claim: number, id: number, isGood: boolean): void {
    if (isGood) this.good[claim]!.push(id);
  }

  /**
   * The first state from which no good state of `claim` can be reached; -1 if there is none.
   * @param unaided without repairs.
   */
  firstWedge(claim: number, states: number, unaided: boolean): number {
    return this.reaching(claim, states, unaided).indexOf(0);
  }

  /**
   * Which states can reach a good state of `claim`: 1 for each that can.
   * @param unaided without repairs.
   */
  reaching(claim: number, states: number, unaided: boolean): Uint8Array {
    this.open(states);
    const { starts, edges } = this;
    const into = reverse(starts, edges, states, unaided);
    const well = new Uint8Array(states);
    const todo = new IntList();
    const good = this.good[claim]!;
    for (let i = 0; i < good.length; i++) {
      well[good.at(i)] = 1;
      todo.push(good.at(i));
    }
    while (todo.length > 0) {
      const state = todo.at(--todo.length);
      for (let e = into.starts[state]!; e < into.starts[state + 1]!; e++) {
        const from = into.edges[e]!;
        if (well[from] === 0) {
          well[from] = 1;
          todo.push(from);
        }
      }
    }
    return well;
  }
}

function reverse(
  starts: IntList,
  edges: IntList,
  states: number,
  unaided: boolean,
): { starts: Int32Array; edges: Int32Array } {
  const into = new Int32Array(states + 1);
  const counts = (edge: number): boolean => !unaided || (edge & 1) === 0;
  let count = 0;
  for (let e = 0; e < edges.length; e++) {
    if (!counts(edges.at(e))) continue;
    into[(edges.at(e) >> 1) + 1]!++;
    count++;
  }
  for (let state = 0; state < states; state++) into[state + 1]! += into[state]!;
  const from = new Int32Array(count);
  const next = into.slice();
  for (let state = 0; state < states; state++) {
    for (let e = starts.at(state); e < starts.at(state + 1); e++) {
      if (counts(edges.at(e))) from[next[edges.at(e) >> 1]!++] = state;
    }
  }
  return { starts: into, edges: from };
}
