/** Statements of the paper that this project tests, each as claims about a system within bounds. */
import type { Claim, System } from '../../src/model/index.ts';

/** Explores a system; `explore` of the schedulers is one. */
export type Explore = (
  system: System,
  claims: readonly Claim[],
) => {
  readonly states: number;
  readonly results: readonly {
    readonly claim: Claim;
    readonly verdict: 'holds' | 'broken' | 'undecided';
    readonly moves: readonly number[] | null;
  }[];
};

/** A statement, and the claims about a system that decide it in one deployment. */
export interface Statement {
  /** The statement; the same words in several deployments are the same statement. */
  readonly says: string;
  /** In which sharper or different form it is decided, where it is not as it stands. */
  readonly form?: string;
  /** The deployment it is judged under, in words. */
  readonly under: string;
  readonly subject: { readonly system: System; readonly claims: readonly Claim[] };
  readonly claims: readonly string[];
}

/** One line of the table. */
export interface StatementRow {
  readonly statement: string;
  readonly form: string | null;
  readonly under: string;
  readonly verdict: 'holds' | 'broken' | 'undecided';
  /** The claim with the shortest counterexample; null if none is broken. */
  readonly breaks: string | null;
  /** Moves of that counterexample. */
  readonly shortest: number | null;
  readonly scope: {
    readonly faults: Readonly<Record<string, number>>;
    readonly bounds: Readonly<Record<string, number>>;
    readonly states: number;
  };
}

/**
 * Judges statements: broken if one of the claims is, with the shortest counterexample.
 * @throws Error if a statement names a claim that nobody makes of its system.
 */
export const judge = (statements: readonly Statement[], explore: Explore): StatementRow[] =>
  statements.map((statement) => judgeOne(statement, explore));

function judgeOne(statement: Statement, explore: Explore): StatementRow {
  const { says, form, under, subject, claims: names } = statement;
  const { system } = subject;
  const claims = subject.claims.filter(({ name }) => names.includes(name));
  const missing = names.find((wanted) => !claims.some(({ name }) => name === wanted));
  if (missing !== undefined) {
    throw new Error(`'${says}' (${under}) names the claim '${missing}': no such claim.`);
  }
  const { states, results } = explore(system, claims);
  const broken = results
    .flatMap(({ claim, verdict, moves }) =>
      verdict === 'broken' ? [{ name: claim.name, length: moves?.length ?? 0 }] : [],
    )
    .sort((a, b) => a.length - b.length);
  const undecided = results.some(({ verdict }) => verdict === 'undecided');
  return {
    statement: says,
    form: form ?? null,
    under,
    verdict: broken.length > 0 ? 'broken' : undecided ? 'undecided' : 'holds',
    breaks: broken[0]?.name ?? null,
    shortest: broken[0]?.length ?? null,
    scope: { faults: system.budget ?? {}, bounds: system.bounds ?? {}, states },
  };
}
