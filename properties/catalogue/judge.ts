/** What the two schedulers say of a known-bad design: search for the shortest, walks for how soon. */
import { explore, type Verdict } from '../../src/schedulers/explore.ts';
import { sample } from '../../src/schedulers/sample.ts';
import type { Entry } from './entry.ts';

/** What the search says of the claim that an entry names. */
export interface Caught {
  readonly verdict: Verdict;
  /** Moves of the shortest counterexample; null if there is none. */
  readonly length: number | null;
}

/** Explores a design until the claim it names is decided. */
export function catchEntry({ build }: Entry): Caught {
  const { system, claim } = build();
  const [result] = explore(system, [claim]).results;
  return { verdict: result!.verdict, length: result!.moves?.length ?? null };
}

/** What random walks say of a design. */
export interface Sampled {
  /** Walks drawn. */
  readonly runs: number;
  /** The walk that found it, counted from one; null if none did. */
  readonly foundIn: number | null;
  /** Moves of that walk, shrunk. */
  readonly shrunk: number | null;
  /** Can walks judge the claim at all? That something stays reachable they cannot. */
  readonly judges: boolean;
}

/** How the catalogue is sampled: enough for most designs, and the same every time. */
export const sampling = { runs: 20_000, maxMoves: 40, seed: 1 } as const;

/** Samples a design until the claim it names fails. */
export function sampleEntry({ build }: Entry): Sampled {
  const { system, claim } = build();
  const judges = claim.modality !== 'recovers';
  if (!judges) return { runs: 0, foundIn: null, shrunk: null, judges };
  const { runs, results } = sample(system, [claim], sampling);
  const { run, moves } = results[0]!;
  return { runs, foundIn: run, shrunk: moves?.length ?? null, judges };
}
