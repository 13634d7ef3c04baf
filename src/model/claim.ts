/**
 * Claims: what must stay true of a system, what must be possible, and what must always be reachable
 * again. Each is a true sentence about a right system.
 */
import type { Local, Plain } from './system.ts';

/** Why a claim fails in a state, with the evidence: which record, which replica. */
export interface Violation {
  readonly because: string;
  readonly witness?: Plain;
}

/** A projection of one component that a claim reads. */
export type View<T extends Plain = Plain> = (local: Local) => T;

/**
 * A claim over views of components.
 *
 * The engine memoises each view per local state and the check per tuple of views: a view should
 * say no more than the check needs ("which acknowledged records my log holds", not the log).
 *
 * - `always` (safety): the check finds no violation in any reachable state.
 * - `sometimes` (reachability, against vacuous success): in some reachable state the check returns
 *   null, i.e. has nothing against "we are there".
 * - `recovers`: from every reachable state, if faults stop, a state in which the check returns null
 *   stays reachable by protocol and repair stimuli alone. A state from which it is not is a wedge.
 *   With `unaided` repairs do not come either. As every such state can be reached again and again, it *is* reached if no move that is
 *   enabled for ever is postponed for ever (strong fairness).
 */
export interface Claim {
  readonly name: string;
  readonly modality: 'always' | 'sometimes' | 'recovers';
  /** For `recovers`: by the protocol alone, before anybody repairs anything. */
  readonly unaided?: boolean;
  /** What the claim says, in prose, and for whom. */
  readonly means: string;
  /** Where the claim comes from: KIP, paper, documentation page, file and symbol. */
  readonly cites?: string;
  /** Component -> the projection read of it. */
  readonly reads: Readonly<Record<string, View>>;
  /**
   * Judges one state.
   * @param views component -> projection of its local state.
   * @returns null if all is well (for `sometimes` and `recovers`: if the wanted state is reached).
   */
  // biome-ignore lint/suspicious/noExplicitAny: the views' types are the claim's own business.
  readonly check: (views: Record<string, any>) => Violation | null;
}

/** A situation that must be possible, so that no claim holds for want of anything happening. */
export const sometimes = (
  name: string,
  means: string,
  reads: Claim['reads'],
  // biome-ignore lint/suspicious/noExplicitAny: the views' types are each situation's own.
  isThere: (views: any) => boolean,
): Claim => ({
  name,
  modality: 'sometimes',
  means,
  reads,
  check: (views) => (isThere(views) ? null : { because: 'not there yet' }),
});
