/**
 * What an operator asks for, in plain words, and the claims that make it. A guarantee holds if all
 * its claims hold; it is broken by the claim with the shortest counterexample.
 */
export interface Guarantee {
  readonly name: string;
  /** One sentence for the person who runs the deployment. */
  readonly means: string;
  /** Names of its claims. */
  readonly claims: readonly string[];
}
