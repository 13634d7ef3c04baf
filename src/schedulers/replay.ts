/**
 * The replay scheduler: a list of moves, taken one by one through plain XState.
 *
 * A search finds counterexamples by table look-up; what is shown to a person comes out of here, and
 * tells of each move who spoke to whom, what was lost, and what changed.
 */
import type { AnyMachineSnapshot, StateValue } from 'xstate';
import { LOSSES } from '../engine/stepper.ts';
import type { Claim, Violation } from '../model/claim.ts';
import { STATE, stateName } from '../model/scene.ts';
import {
  type Budget,
  ModelError,
  type Plain,
  type StimulusClass,
  type System,
} from '../model/system.ts';
import {
  type Impossible,
  type MessageFate,
  type PlainState,
  plainMove,
  plainStart,
} from './plain.ts';
import { isSame } from './same.ts';

export { STATE, stateName };

/** A move in a form that outlives the run that found it. */
export interface Move {
  /** Index in the system's list of stimuli. */
  readonly stimulus: number;
  /** Which of the messages that may be lost is lost, counted from one; 0: none. */
  readonly lost: number;
  /** For people: receiver, event and loss. */
  readonly label: string;
}

/** A message of a step. `from` is the channel where a queued message is delivered. */
export interface TraceMessage {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** The message without type and receiver. */
  readonly payload: Readonly<Record<string, Plain>>;
  readonly fate: MessageFate;
  /** The channel of its link, on a queued one: there it waits, unless it was cut. */
  readonly channel?: string;
}

/** What a move changed: component -> field -> `[before, after]`; see `STATE`. */
export type Changes = Readonly<Record<string, Readonly<Record<string, readonly [Plain, Plain]>>>>;

/** One move and all it did. */
export interface TraceStep {
  readonly move: Move;
  readonly stimulus: {
    readonly type: string;
    readonly component: string;
    readonly class: StimulusClass;
    readonly payload: Readonly<Record<string, Plain>>;
  };
  readonly messages: readonly TraceMessage[];
  readonly changed: Changes;
  /** Faults that may still happen after it. */
  readonly budget: Budget;
}

/** A component's finite state and data. */
export interface TraceLocal {
  readonly value: StateValue;
  readonly context: Readonly<Record<string, Plain>>;
}

/** A run of a system, move by move. Plain data, but for `judge`. */
export interface Trace {
  readonly system: string;
  readonly start: Readonly<Record<string, TraceLocal>>;
  /** Faults that may happen, before the first move. */
  readonly budget: Budget;
  readonly steps: readonly TraceStep[];
  readonly end: Readonly<Record<string, TraceLocal>>;
  /** What the claim's check says of every state, the initial one first: length of `steps` + 1. */
  readonly judge: (claim: Claim) => (Violation | null)[];
}

/** The engine's tables and XState say different things: a fault of the engine, not of the model. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** The moves that a search or a sample numbered. */
export function movesOf(system: System, numbers: readonly number[]): Move[] {
  return numbers.map((number) => {
    const stimulus = Math.floor(number / LOSSES);
    const lost = number % LOSSES;
    return { stimulus, lost, label: labelOf(system, stimulus, lost) };
  });
}

/** A move in words: `b1: REPLICAS_LAG replicas=["b2"], message 1 lost`. */
export function labelOf(system: System, stimulus: number, lost: number): string {
  const chosen = system.stimuli[stimulus];
  if (!chosen) return `stimulus ${stimulus}`;
  const payload = Object.entries(payloadOf(chosen.event))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
  return `${chosen.to}: ${chosen.event.type}${payload}${lost > 0 ? `, message ${lost} lost` : ''}`;
}

/**
 * Runs `moves` from the initial state of `system`.
 * @throws ModelError naming the first move that is not possible, and why it is not.
 */
export function replay(system: System, moves: readonly Pick<Move, 'stimulus' | 'lost'>[]): Trace {
  const states: PlainState[] = [plainStart(system)];
  const steps = moves.map((move, at): TraceStep => {
    const taken = stepFrom(system, states[at]!, move);
    if ('impossible' in taken) {
      const label = labelOf(system, move.stimulus, move.lost);
      throw new ModelError(
        `${system.name}: move ${at + 1} of ${moves.length} (${label}) is not possible: ${taken.impossible}.`,
      );
    }
    states.push(taken.state);
    return taken.step;
  });
  return traceOf(system, states, steps);
}

/** A run as its states, the initial one first, and the steps between them. */
export function traceOf(
  system: System,
  states: readonly PlainState[],
  steps: readonly TraceStep[],
): Trace {
  return {
    system: system.name,
    start: localsOf(states[0]!),
    budget: states[0]!.budget,
    steps,
    end: localsOf(states.at(-1)!),
    judge: (claim) => states.map((state) => judgeState(claim, state)),
  };
}

/** One move from `before`: what it did, and the state it leads to. */
export function stepFrom(
  system: System,
  before: PlainState,
  { stimulus, lost }: Pick<Move, 'stimulus' | 'lost'>,
): { readonly step: TraceStep; readonly state: PlainState } | Impossible {
  const taken = plainMove(system, before, stimulus, lost);
  if ('impossible' in taken) return taken;
  const { to, class: kind } = system.stimuli[stimulus]!;
  const step: TraceStep = {
    move: { stimulus, lost, label: labelOf(system, stimulus, lost) },
    stimulus: {
      type: taken.event.type,
      component: to,
      class: kind,
      payload: payloadOf(taken.event),
    },
    messages: taken.messages.map(({ from, message, fate, channel }) => ({
      type: message.type,
      from,
      to: message.to,
      payload: payloadOf(message),
      fate,
      ...(channel !== null && { channel }),
    })),
    changed: changesBetween(before, taken.state),
    budget: taken.state.budget,
  };
  return { step, state: taken.state };
}

/** What `claim` says of one state. */
export function judgeState(claim: Claim, { snapshots }: PlainState): Violation | null {
  const views = Object.entries(claim.reads).map(([name, view]) => [name, view(snapshots[name]!)]);
  return claim.check(Object.fromEntries(views));
}

/**
 * Replays what decided a claim and demands that plain XState sees the same: an `always` claim fails
 * in the last state and in none before, a `sometimes` claim is met in the last state and in none
 * before, a `recovers` claim's good state is not the last one (that it stays out of reach is the
 * search's word alone).
 *
 * @param found a result of a search or a sample that has moves, as numbers.
 * @throws EngineError if XState sees something else.
 */
export function confirm(
  system: System,
  found: {
    readonly claim: Claim;
    readonly moves: readonly number[];
    readonly violation: Violation | null;
  },
): Trace {
  const { claim, moves, violation } = found;
  const disagree = (what: string): EngineError =>
    new EngineError(
      `The engine and XState disagree about ${claim.name} in ${system.name} (${moves.length} moves): ${what}. Please report this: it is a fault of the engine.`,
    );
  let trace: Trace;
  try {
    trace = replay(system, movesOf(system, moves));
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw disagree(error.message);
  }
  const judgements = trace.judge(claim);
  const last = judgements.length - 1;
  const decides = (judgement: Violation | null): boolean =>
    (judgement === null) === (claim.modality === 'sometimes');
  const first = claim.modality === 'recovers' ? last : judgements.findIndex(decides);
  if (first < 0) throw disagree('it is never decided');
  if (first < last) throw disagree(`it is decided after ${first} moves already`);
  if (!isSame(judgements[last], violation)) {
    throw disagree(
      `found ${violation?.because ?? 'no violation'}, replayed ${judgements[last]?.because ?? 'no violation'}`,
    );
  }
  return trace;
}

function payloadOf(event: { type: string }): Record<string, Plain> {
  const { type: _type, to: _to, ...payload } = event as Record<string, unknown>;
  return payload as Record<string, Plain>;
}

function localsOf({ snapshots }: PlainState): Record<string, TraceLocal> {
  return Object.fromEntries(
    Object.entries(snapshots).map(([name, { value, context }]) => [name, { value, context }]),
  );
}

function changesBetween(before: PlainState, after: PlainState): Changes {
  const changed: Record<string, Record<string, readonly [Plain, Plain]>> = {};
  for (const [name, now] of Object.entries(after.snapshots)) {
    const fields = changedFields(before.snapshots[name]!, now);
    if (Object.keys(fields).length > 0) changed[name] = fields;
  }
  return changed;
}

function changedFields(
  was: AnyMachineSnapshot,
  now: AnyMachineSnapshot,
): Record<string, readonly [Plain, Plain]> {
  const fields: Record<string, readonly [Plain, Plain]> = {};
  if (was === now) return fields;
  if (!isSame(was.value, now.value)) {
    fields[STATE] = [stateName(was.value), stateName(now.value)];
  }
  for (const field of Object.keys({ ...was.context, ...now.context })) {
    const pair = [was.context[field] ?? null, now.context[field] ?? null] as const;
    if (!isSame(pair[0], pair[1])) fields[field] = pair;
  }
  return fields;
}
