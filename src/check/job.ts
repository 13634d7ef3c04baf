/** One exploration of a check: a row of the table for one subject. Plain data in, plain data out. */
import { type Coverage, coverage } from '../engine/coverage.ts';
import type { Claim, System } from '../model/index.ts';
import { type ClaimResult, explore, type Progress } from '../schedulers/explore.ts';
import { sample } from '../schedulers/sample.ts';
import type { ModelInput, Part } from './aspects/aspect.ts';
import { knownAspect } from './aspects/index.ts';
import { counterexampleOf, type Explored, tokenOf } from './counterexample.ts';
import type { Counterexample, PartScope, Scope, Verdict } from './results.ts';
import { covers } from './rows.ts';

export interface Job {
  /** Name of the aspect whose model is explored. */
  readonly aspect: string;
  readonly input: ModelInput;
  readonly maxStates: number;
  readonly maxBytes: number;
  /** Of the random runs that follow a search which a limit stopped. */
  readonly seed: number;
  readonly runs: number;
  /** A trial: only these claims are judged; how they fail is told only on demand. */
  readonly only?: readonly string[];
  readonly tell?: boolean;
  /** Of a trial: it is over when of each of these lists of claims one is broken. */
  readonly until?: readonly (readonly string[])[];
}

/** What the job says of one claim. */
export interface JudgedClaim {
  readonly claim: string;
  readonly verdict: Verdict;
  /** Moves of the shortest counterexample known; null if there is none. */
  readonly length: number | null;
  /** The same told; null in a trial. */
  readonly counterexample: Counterexample | null;
  /** Of what a part does not bear out: a sentence that says so. */
  readonly doubt?: string;
}

export interface JobResult {
  readonly claims: readonly JudgedClaim[];
  /** Situations that must be possible and were never met, in a complete search: what each means. */
  readonly unmet: readonly string[];
  readonly scope: Scope;
  /** Null if nothing was explored, or the search was told to stop. */
  readonly coverage: Coverage | null;
  /** Kinds of stimuli that the fault budget can pay for, as coverage names them: `fault CRASH`. */
  readonly payable: readonly string[];
}

/** Told how far a job is; `isStopped` ends it, undecided where it is not decided yet. */
export interface Watch {
  readonly report: (progress: Progress) => void;
  readonly isStopped: () => boolean;
}

const unwatched: Watch = { report: () => {}, isStopped: () => false };

/** States between two looks at the watch: a fraction of a second. */
const PROGRESS_EVERY = 1 << 14;

/** Explores the system of `job` and judges every guarantee; samples on where a limit stops it. */
export function runJob(job: Job, watch: Watch = unwatched): JobResult {
  const { input, maxStates, maxBytes, only, tell = !only, until = [] } = job;
  const aspect = knownAspect(job.aspect);
  const system = aspect.system(input);
  const claims = aspect.claims(input).filter(({ name }) => only?.includes(name) ?? true);
  const seen = explore(system, [...claims, ...aspect.situations(input)], {
    maxStates,
    maxBytes,
    until,
    progressEvery: PROGRESS_EVERY,
    onProgress: (progress) => {
      watch.report(progress);
      return !watch.isStopped();
    },
  });
  const judged = seen.results.filter(({ claim }) => claim.modality !== 'sometimes');
  const stopped = !seen.complete && watch.isStopped();
  const open = judged.filter(({ verdict }) => verdict === 'undecided').map(({ claim }) => claim);
  // Looking ahead of a run takes a search of its own: no time for that when asked to stop.
  const explored = { aspect, system, input, stepper: stopped ? null : seen.stepper };
  const sampled = stopped || only || open.length === 0 ? null : sampleOn(explored, open, job);
  const asked = (name: string): boolean => only?.includes(name) ?? true;
  const untold = (aspect.untold?.(input) ?? []).filter(asked);
  const parts = (aspect.parts?.(input) ?? []).map((part) =>
    stopped ? unjudgedPart(part, asked) : judgePart(part, job, asked),
  );
  return {
    claims: [
      ...judged.map((result) => sampled?.found.get(result.claim.name) ?? shown(result)),
      ...untold.map(undecided),
      ...parts.flatMap((part) => part.claims),
    ],
    unmet: seen.results.filter(isUnmet).map(({ claim }) => claim.means),
    scope: {
      bounds: input.bounds,
      faults: input.faults,
      assuming: [...input.repairs],
      start: tokenOf({ aspect, system, input }, []),
      states: seen.states,
      moves: seen.moves,
      depth: seen.depth,
      complete: seen.complete,
      limit: seen.limit,
      sampled: sampled && { runs: sampled.runs, seed: job.seed },
      ...(parts.length > 0 && { parts: parts.flatMap(({ scope }) => scope ?? []) }),
    },
    // So does what is healthy.
    coverage: stopped || only ? null : coverage(seen.stepper),
    payable: payable(system),
  };

  function shown({ claim, verdict, moves, violation }: ClaimResult): JudgedClaim {
    const isBroken = verdict === 'broken' && moves !== null;
    const counterexample =
      isBroken && tell ? counterexampleOf(explored, { claim, moves, violation }, true) : null;
    const length = isBroken ? moves.length : null;
    return { claim: claim.name, verdict, length, counterexample };
  }
}

/** What a part says of the claims that rest on it, and how far it was followed. */
interface JudgedPart {
  readonly claims: readonly JudgedClaim[];
  readonly scope: PartScope | null;
}

/** Judges what the claims of a job rest on, by the aspect that it is the subject of. */
function judgePart(
  { aspect, input, claims, assumed }: Part,
  { only, tell = !only, until: _until, ...limits }: Job,
  asked: (name: string) => boolean,
): JudgedPart {
  const wanted = claims.filter(asked);
  const premises = Object.keys(assumed).filter((name) => asked(assumed[name]!));
  const names = [...new Set([...wanted, ...premises])];
  const refused = knownAspect(aspect).refusal(input);
  if (refused !== null) {
    const doubt = `${aspect}: ${refused}`;
    const open = [...wanted, ...premises.map((name) => assumed[name]!)];
    return { claims: open.map((name) => ({ ...undecided(name), doubt })), scope: null };
  }
  const part = resultOf({ ...limits, aspect, input, only: names, tell });
  const { bounds, faults, states, complete, limit } = part.scope;
  const isBorneOut = (name: string): boolean =>
    part.claims.some(({ claim, verdict }) => claim === name && verdict === 'holds');
  return {
    claims: [
      ...wanted.map((name) => part.claims.find(({ claim }) => claim === name) ?? undecided(name)),
      ...premises.map((name): JudgedClaim => {
        const doubt = `Assumes ${name}, which the ${aspect} part does not bear out.`;
        const known = undecided(assumed[name]!);
        return isBorneOut(name) ? { ...known, verdict: 'holds' } : { ...known, doubt };
      }),
    ],
    scope: { aspect, claims: names, bounds, faults, states, complete, limit },
  };
}

/** Parts that are known already: wholes that differ in one side have the others in common. */
const known = new Map<string, JobResult>();
const MOST_KNOWN = 64;

/** The result of a part; it is never stopped, so what is known is all there is to know. */
function resultOf(job: Job): JobResult {
  const key = JSON.stringify(job);
  const result = known.get(key) ?? runJob(job);
  // The one used last is forgotten last.
  known.delete(key);
  known.set(key, result);
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
  return result;
}

const unjudgedPart = ({ claims, assumed }: Part, asked: (name: string) => boolean): JudgedPart => ({
  claims: [...claims, ...Object.values(assumed)].filter(asked).map(undecided),
  scope: null,
});

const isUnmet = ({ claim, verdict }: ClaimResult): boolean =>
  claim.modality === 'sometimes' && verdict === 'broken';

function payable({ stimuli, budget = {} }: System): string[] {
  const within = stimuli.filter(({ cost = {} }) => covers(budget, cost));
  return [...new Set(within.map(({ class: kind, event }) => `${kind} ${event.type}`))];
}

const undecided = (claim: string): JudgedClaim => ({
  claim,
  verdict: 'undecided',
  length: null,
  counterexample: null,
});

/** A job that was not begun. */
export function skippedJob({ aspect, input }: Job, limit: string): JobResult {
  const names = knownAspect(aspect).guarantees.flatMap(({ claims }) => claims);
  return {
    claims: names.map(undecided),
    unmet: [],
    scope: {
      bounds: input.bounds,
      faults: input.faults,
      assuming: [...input.repairs],
      start: null,
      states: 0,
      moves: 0,
      depth: 0,
      complete: false,
      limit,
      sampled: null,
    },
    coverage: null,
    payable: [],
  };
}

/** Looks for counterexamples beyond where the search stopped. It can break a claim, never prove it. */
function sampleOn(
  explored: Explored,
  claims: readonly Claim[],
  { seed, runs }: Job,
): { runs: number; found: Map<string, JudgedClaim> } {
  const drawn = sample(explored.system, claims, { seed, runs });
  const found = new Map<string, JudgedClaim>();
  for (const { claim, verdict, moves, violation } of drawn.results) {
    if (verdict !== 'broken' || moves === null) continue;
    const run = { claim, moves, violation };
    const counterexample = counterexampleOf(explored, run, false);
    found.set(claim.name, { claim: claim.name, verdict, length: moves.length, counterexample });
  }
  return { runs: drawn.runs, found };
}
