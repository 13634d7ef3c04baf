/**
 * The explorer without its face: a system, the run taken so far, and what can be said of each of its
 * states. Which moves are possible is looked up in the engine's tables; those that are shown are
 * taken through plain XState, as every counterexample is.
 */
import { type Aspect, type ModelInput, settingsText } from '../../check/index.ts';
import { LOSSES, Stepper } from '../../engine/stepper.ts';
import { walkTo } from '../../engine/walk-to.ts';
import { type Budget, type Claim, ModelError, type Plain, type System } from '../../model/index.ts';
import { explore, type Progress } from '../../schedulers/explore.ts';
import { type PlainState, plainStart } from '../../schedulers/plain.ts';
import {
  EngineError,
  judgeState,
  labelOf,
  STATE,
  stateName,
  stepFrom,
  type Trace,
  type TraceStep,
  traceOf,
} from '../../schedulers/replay.ts';
import { encodeToken } from '../../schedulers/token.ts';
import type { Found, Judged, Look, Place, Sight, Step, ToldMove } from './place.ts';

/** The order in which moves are offered. */
const CLASSES = ['client', 'protocol', 'fault', 'repair'] as const;
/** States between two reports of a search: some tens of milliseconds. */
const PROGRESS_EVERY = 1 << 13;

const numberOf = ({ stimulus, lost }: Step): number => stimulus * LOSSES + lost;
const stepOf = (move: number): Step => ({
  stimulus: Math.floor(move / LOSSES),
  lost: move % LOSSES,
});
const isSameStep = (x: Step | undefined, y: Step | undefined): boolean =>
  x?.stimulus === y?.stimulus && x?.lost === y?.lost;

export class Explorer {
  readonly system: System;
  /** All claims: what must stay true, and what must be possible. */
  readonly claims: readonly Claim[];

  private readonly aspect: Aspect;
  private readonly input: ModelInput;
  private readonly stepper: Stepper;
  /** The run asked for last, to begin the next one from what both share. */
  private moves: readonly Step[] = [];
  private states: PlainState[];
  private steps: TraceStep[] = [];

  constructor(aspect: Aspect, input: ModelInput) {
    this.aspect = aspect;
    this.input = input;
    this.system = aspect.system(input);
    this.claims = [...aspect.claims(input), ...aspect.situations(input)];
    this.stepper = new Stepper(this.system);
    this.states = [plainStart(this.system)];
  }

  /**
   * Everything there is to see at a place.
   * @throws ModelError if a move of the run is not possible.
   */
  look({ moves, at }: Place): Sight {
    this.run(moves);
    const { system, aspect, input } = this;
    const here = this.states[at]!;
    const trace = this.traceTo(at);
    return {
      settings: settingsText({ aspect, input }),
      run: this.told(this.traceTo(moves.length)),
      at,
      messages: this.steps[at - 1]?.messages ?? [],
      components: this.components(here, this.steps[at - 1]),
      enabled: this.enabled(moves.slice(0, at), trace),
      claims: this.claims.map((claim) => this.judged(claim, at)),
      evidence: aspect.evidence(trace),
      budget: Object.entries(system.budget ?? {})
        .filter(([, of]) => of > 0)
        .map(([fault, of]) => ({ fault, left: here.budget[fault] ?? 0, of })),
      token: encodeToken(system, {
        model: aspect.name,
        options: input as unknown as Plain,
        moves,
      }),
    };
  }

  /**
   * Searches for the nearest state in which a claim is decided: a `sometimes` claim met, any other
   * failed.
   * @param after the moves after which the search begins.
   */
  search(
    name: string,
    after: readonly Step[],
    limits: { readonly maxStates: number; readonly maxBytes: number },
    onProgress: (progress: Progress) => void,
  ): Found {
    const claim = this.claims.find((each) => each.name === name);
    if (!claim) throw new ModelError(`${this.system.name} has no claim '${name}'.`);
    const { results, complete, states, limit } = explore(this.system, [claim], {
      ...limits,
      after: after.map(numberOf),
      progressEvery: PROGRESS_EVERY,
      onProgress: (progress) => {
        onProgress(progress);
        return true;
      },
    });
    return { moves: results[0]!.moves?.map(stepOf) ?? null, complete, states, limit };
  }

  /** Takes `moves`, from where they part from those taken last. */
  private run(moves: readonly Step[]): void {
    let shared = 0;
    while (shared < moves.length && isSameStep(moves[shared], this.moves[shared])) shared++;
    this.states.length = shared + 1;
    this.steps.length = shared;
    this.moves = moves.slice(0, shared);
    for (const move of moves.slice(shared)) {
      const taken = stepFrom(this.system, this.states.at(-1)!, move);
      if ('impossible' in taken) {
        const label = labelOf(this.system, move.stimulus, move.lost);
        throw new ModelError(
          `Move ${this.steps.length + 1} (${label}) is not possible: ${taken.impossible}.`,
        );
      }
      this.states.push(taken.state);
      this.steps.push(taken.step);
      this.moves = [...this.moves, move];
    }
  }

  private traceTo(at: number): Trace {
    return traceOf(this.system, this.states.slice(0, at + 1), this.steps.slice(0, at));
  }

  /** The steps of a run in words. */
  private told(trace: Trace): ToldMove[] {
    const says = this.aspect.narrate(trace);
    return trace.steps.map((step, i) => {
      const before = trace.steps[i - 1]?.budget ?? this.states[0]!.budget;
      return toldMove(step, says[i]!, before);
    });
  }

  /** The possible moves told; of moves that are told alike and lead to one state, the first. */
  private enabled(moves: readonly Step[], trace: Trace): ToldMove[] {
    const here = this.states[moves.length]!;
    const found = new Map<string, ToldMove>();
    for (const { move, state } of this.possible(moves)) {
      const taken = stepFrom(this.system, here, move);
      if ('impossible' in taken) {
        const label = labelOf(this.system, move.stimulus, move.lost);
        throw new EngineError(
          `The engine and XState disagree about ${label} in ${this.system.name}: ` +
            `${taken.impossible}. Please report this: it is a fault of the engine.`,
        );
      }
      const steps = [...trace.steps, taken.step];
      const says = this.aspect.narrate({ ...trace, steps }).at(-1)!;
      const key = JSON.stringify([says, state]);
      if (!found.has(key)) found.set(key, toldMove(taken.step, says, here.budget));
    }
    return [...found.values()].sort((x, y) => CLASSES.indexOf(x.class) - CLASSES.indexOf(y.class));
  }

  /** The moves that lead anywhere, each with the engine's numbers of the state it leads to. */
  private possible(moves: readonly Step[]): { move: Step; state: number[] }[] {
    const { stepper } = this;
    const tuple = walkTo(stepper, moves.map(numberOf));
    const found: { move: Step; state: number[] }[] = [];
    stepper.moves(tuple, (move) => {
      if (stepper.hasChanged(tuple)) found.push({ move: stepOf(move), state: [...stepper.next] });
    });
    return found;
  }

  private components({ snapshots }: PlainState, last: TraceStep | undefined): Look[] {
    return Object.entries(this.system.components).map(([name, { ghost = false }]): Look => {
      const { value, context } = snapshots[name]!;
      const changed = last?.changed[name] ?? {};
      const fields = Object.entries(context as Record<string, Plain>).map(([field, now]) => {
        const change = changed[field];
        return { name: field, value: now, ...(change && { was: change[0] }) };
      });
      const moved = changed[STATE];
      return {
        name,
        state: stateName(value),
        ...(moved && { stateWas: String(moved[0]) }),
        fields,
        ghost,
      };
    });
  }

  private judged(claim: Claim, at: number): Judged {
    const { name, modality, means } = claim;
    const judgements = this.states.slice(0, at + 1).map((state) => judgeState(claim, state));
    const decides = (judgement: unknown): boolean =>
      (judgement === null) === (modality === 'sometimes');
    const first = modality === 'recovers' ? -1 : judgements.findIndex(decides);
    const violation = judgements[at] ?? null;
    return { name, modality, means, violation, decidedAt: first < 0 ? null : first };
  }
}

function toldMove(step: TraceStep, says: readonly string[], before: Budget): ToldMove {
  const { move, stimulus, budget } = step;
  const paid = Object.entries(before).map(([fault, had]) => [fault, had - (budget[fault] ?? 0)]);
  const cost: Budget = Object.fromEntries(paid.filter(([, amount]) => (amount as number) > 0));
  const isLoss = move.lost > 0 && Object.keys(cost).length > 0;
  return {
    move: { stimulus: move.stimulus, lost: move.lost },
    label: move.label,
    class: isLoss ? 'fault' : stimulus.class,
    component: stimulus.component,
    says,
    cost,
  };
}
