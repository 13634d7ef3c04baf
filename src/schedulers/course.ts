/**
 * The simulate scheduler: a system on its way, one move at a time, as somebody with a clock asks for
 * them. What may happen is the system's business; who asks only chooses among it.
 *
 * With a settling, what is over is forgotten as the run goes on, so that it meets the same local
 * states again and again, however long it is. `long` says how the run looks without forgetting: the
 * same moves, and a system with room for all of them can be replayed through plain XState.
 */
import type { Actor } from '../engine/actor.ts';
import { LOSSES, Stepper } from '../engine/stepper.ts';
import type { Settling } from '../model/settling.ts';
import type { Local, Plain, System } from '../model/system.ts';

/** A move that was taken: the stimulus as a run that forgets nothing would call it. */
export interface TakenMove {
  readonly to: string;
  readonly event: { readonly type: string };
  readonly lost: number;
}

/** A system and all that is known of it: its tables are shared by any number of courses. */
export class Track {
  readonly stepper: Stepper;
  private readonly numberOf: (to: string, event: object) => number | undefined;
  private readonly forgotten = new Map<string, Map<number, number>>();
  private readonly begin: Int32Array;

  constructor(system: System) {
    this.stepper = new Stepper(system);
    this.stepper.counts = false;
    this.numberOf = stimulusNumbers(system);
    this.begin = new Int32Array(this.stepper.fields);
    this.stepper.start(this.begin);
  }

  /** The number of a stimulus. @throws RangeError if the system has none such. */
  number(to: string, event: object): number {
    const number = this.numberOf(to, event);
    if (number !== undefined) return number;
    throw new RangeError(`${this.stepper.system.name} has no stimulus ${keyOf(to, event)}`);
  }

  start(): Int32Array {
    return this.begin.slice();
  }

  /** Local states known so far, of all components. */
  get size(): number {
    return this.stepper.actors.reduce((sum, { locals }) => sum + locals.size, 0);
  }

  /** A local state without `what`: looked up where it was asked before. */
  without<What extends Plain>(actor: Actor, local: number, what: What, by: Settling<What>): number {
    const key = `${actor.index} ${JSON.stringify(what)}`;
    let known = this.forgotten.get(key);
    if (!known) {
      known = new Map();
      this.forgotten.set(key, known);
    }
    let next = known.get(local);
    if (next === undefined) {
      next = actor.withData(local, by.forget(actor.name, actor.at(local), what));
      known.set(local, next);
    }
    return next;
  }
}

/**
 * Finds the numbers of a system's stimuli. Where two differ in what they cost only, it is the first.
 */
export function stimulusNumbers(system: System): (to: string, event: object) => number | undefined {
  const numbers = new Map<string, number>();
  for (const [at, { to, event }] of system.stimuli.entries()) {
    const key = keyOf(to, event);
    if (!numbers.has(key)) numbers.set(key, at);
  }
  return (to, event) => numbers.get(keyOf(to, event));
}

/** A stimulus in words: its fields in order, whatever order they were given in. */
export const keyOf = (to: string, event: object): string =>
  `${to} ${JSON.stringify(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

export class Course<What extends Plain = Plain> {
  readonly track: Track;
  readonly tuple: Int32Array;
  /** Moves taken so far. */
  moves = 0;
  /** What is forgotten by now; null where there is no settling. */
  forgotten: What | null;
  /** The moves as a run that forgets nothing would take them; empty unless they are kept. */
  readonly long: TakenMove[] = [];
  private readonly settling: Settling<What> | null;
  private readonly keeps: boolean;

  /** @param options.keeps are the moves kept, for a replay? */
  constructor(
    track: Track,
    settling: Settling<What> | null,
    options: { readonly keeps: boolean } = { keeps: false },
  ) {
    this.track = track;
    this.settling = settling;
    this.keeps = options.keeps;
    this.forgotten = settling?.nothing ?? null;
    this.tuple = track.start();
  }

  /** The actor called `name`. */
  actor(name: string): Actor {
    return this.track.stepper.actor(name);
  }

  /** A component's state and data now. */
  at(actor: Actor): Local {
    return actor.at(this.tuple[actor.index]!);
  }

  /**
   * Takes the stimulus `number`, with the `lost`-th of the messages that may be lost lost.
   * @returns whether it was possible and changed anything.
   */
  take(number: number, lost = 0): boolean {
    const { stepper } = this.track;
    if (!stepper.attempt(this.tuple, number * LOSSES + lost)) return false;
    const changed = stepper.hasChanged(this.tuple);
    if (!changed) return false;
    this.tuple.set(stepper.next);
    this.moves++;
    if (this.keeps) this.keep(number, lost);
    return true;
  }

  /**
   * Forgets what is over.
   * @param before is told what it will be, before it is gone.
   */
  settle(before: (what: What) => void): void {
    const { settling, track, tuple } = this;
    if (!settling) return;
    const { actors } = track.stepper;
    const locals = Object.fromEntries(actors.map((actor) => [actor.name, this.at(actor)]));
    const what = settling.settled(locals);
    if (what === null) return;
    before(what);
    for (const actor of actors) {
      const { index } = actor;
      tuple[index] = track.without(actor, tuple[index]!, what, settling);
    }
    this.forgotten = settling.sum(this.forgotten!, what);
  }

  private keep(number: number, lost: number): void {
    const { to, event } = this.track.stepper.stimuli[number]!;
    const long = this.settling ? this.settling.recall(event, this.forgotten!) : event;
    this.long.push({ to, event: long, lost });
  }
}
