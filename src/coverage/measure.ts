/** What search, walks and scenarios took of a suite, side by side. */
import { coverage } from '../engine/coverage.ts';
import { Stepper } from '../engine/stepper.ts';
import { StrikeCounter } from '../engine/strikes.ts';
import { ModelError, type Phases } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';
import { EngineError } from '../schedulers/replay.ts';
import { sample, type Watch } from '../schedulers/sample.ts';
import { compared, type Run } from './compare.ts';
import type { SuiteReport } from './schema.ts';
import type { Case, Played, Suite } from './suite.ts';

/** Which states are healthy is asked of the search alone. */
const ONLY_TAKEN = { maxHealthyStates: 0 };

export interface MeasureOptions {
  /** Walks of each case, and their longest (defaults 100 and 40). */
  readonly runs?: number;
  readonly maxMoves?: number;
  readonly seed?: number;
  /** A case with more states is not searched to its end (default 1 million). */
  readonly maxStates?: number;
}

/**
 * Runs a suite.
 * @param played the scenarios that belong to it.
 */
export function measure(
  suite: Suite,
  played: readonly Played[] = [],
  options: MeasureOptions = {},
): SuiteReport {
  const { runs = 100, maxMoves = 40, seed = 1, maxStates = 1_000_000 } = options;
  const searched: Run[] = [];
  const sampled: Run[] = [];
  let complete = true;
  let states = 0;
  const cases = suite.cases();
  for (const one of cases) {
    const { run, isComplete, size } = search(one, suite.phases, maxStates);
    complete &&= isComplete;
    states += size;
    searched.push(run);
    const claims = run.judged.filter(({ modality }) => modality === 'always');
    sampled.push(walk({ ...one, claims }, suite.phases, { runs, maxMoves, seed }));
  }
  const scenarios = played.map((one) => play(one, suite.phases));
  const { name, about } = suite;
  const all = { searched, sampled, scenarios };
  return { name, about, cases: cases.length, states, complete, ...compared(all, suite.phases) };
}

function search({ system, claims }: Case, phases: readonly Phases[], maxStates: number) {
  const lasting = claims.filter(({ modality }) => modality !== 'sometimes');
  const seen = explore(system, lasting, { whole: true, maxStates });
  const { stepper } = seen;
  const taken = coverage(stepper);
  const counters = phases.map((one) => new StrikeCounter(stepper, one));
  stepper.counts = false;
  seen.eachState((tuple) => {
    stepper.moves(tuple, (move) => {
      if (!stepper.hasChanged(tuple)) return;
      for (const counter of counters) counter.note(move, tuple, stepper.next);
    });
  });
  // What a broken claim says of later states was not asked any more.
  const judged = seen.results.flatMap(({ claim, verdict }) =>
    verdict === 'broken' ? [] : [claim],
  );
  const strikes = counters.map((counter) => counter.result());
  const run: Run = { coverage: taken, strikes, judged };
  return { run, isComplete: seen.complete, size: seen.states };
}

function walk(
  { system, claims }: Case,
  phases: readonly Phases[],
  options: { runs: number; maxMoves: number; seed: number },
): Run {
  let counters: StrikeCounter[] = [];
  const watch = (stepper: Stepper): Watch => {
    counters = phases.map((one) => new StrikeCounter(stepper, one));
    return (move, before, after) => {
      for (const counter of counters) counter.note(move, before, after);
    };
  };
  const walked = sample(system, claims, { ...options, whole: true, watch });
  const broken = walked.results.find(({ verdict }) => verdict === 'broken');
  if (broken) {
    throw new EngineError(
      `A walk breaks ${broken.claim.name} in ${system.name}, which the search proved to hold. Please report this: it is a fault of the engine.`,
    );
  }
  const strikes = counters.map((counter) => counter.result());
  return { coverage: coverage(walked.stepper, ONLY_TAKEN), strikes, judged: claims };
}

/** A scenario judges every claim about states in every state that it comes to. */
function play({ system, claims, moves }: Played, phases: readonly Phases[]): Run {
  const stepper = new Stepper(system);
  const counters = phases.map((one) => new StrikeCounter(stepper, one));
  const tuple = new Int32Array(stepper.fields);
  stepper.start(tuple);
  moves.forEach((move, i) => {
    if (!stepper.take(tuple, move)) {
      throw new ModelError(`${system.name}: move ${i + 1} of a scenario is not possible.`);
    }
    for (const counter of counters) counter.note(move, tuple, stepper.next);
    tuple.set(stepper.next);
  });
  const strikes = counters.map((counter) => counter.result());
  const judged = claims.filter(({ modality }) => modality === 'always');
  return { coverage: coverage(stepper, ONLY_TAKEN), strikes, judged };
}
