/**
 * Moves of a system, by table look-ups.
 *
 * A global state is a tuple: one integer per component (its local state), one for the fault budget.
 * A move is one stimulus and everything it causes, run to completion; where a message of it may be
 * lost there is a further move per such message.
 */
import {
  type Local,
  type Message,
  ModelError,
  type Stimulus,
  type System,
} from '../model/system.ts';
import { Actor, COUNT, MESSAGE_SIZE, MESSAGES, NEXT, type Route } from './actor.ts';
import { Purse, TOO_DEAR } from './budget.ts';
import { Identities } from './identities.ts';
import { BEYOND, FROM_CHANNEL, GATED, LINK_FLAGS, LinkTable, LOSABLE, QUEUED } from './link.ts';
import { ABSENT } from './pair-map.ts';
import { StimulusTable, UNKNOWN_PLACE } from './stimulus-table.ts';

/** A move's number: stimulus * LOSSES + (0, or the one-based place of the message that is lost). */
export const LOSSES = 16;
/** Longest chain of messages in one move; a longer one is an endless conversation. */
const LONGEST = 4096;
const DELIVERY_SIZE = 4;
/** What becomes of a message: it is delivered; it is gone (lost or cut); it makes the move impossible. */
const [PASSED, GONE, REFUSED] = [0, 1, 2];

export class Stepper {
  readonly system: System;
  readonly actors: readonly Actor[];
  readonly stimuli: readonly Stimulus[];
  readonly purse = new Purse();
  /** Length of a global state's tuple. */
  readonly fields: number;
  /** The tuple that the last `take`, or the move now visited, led to. */
  readonly next: Int32Array;
  /**
   * The fields that the last move touched, `touchedCount` of them: outside of them `next` is as
   * before. A field may be there twice, or keep its value.
   */
  readonly touched = new Int32Array(LONGEST + 2);
  touchedCount = 0;
  /** Are the transitions of possible moves counted (see `Actor.out`)? Off while only looking ahead. */
  counts = true;
  /** Per stimulus: how many counted moves it began. */
  readonly fired: Float64Array;

  private readonly byName = new Map<string, Actor>();
  private readonly gatekeeper: number;
  private readonly atGate: (local: number) => Local;
  private readonly links: LinkTable;
  private readonly table: StimulusTable;
  private readonly budget: number;
  /** Messages of the last run that could have been lost; bit by bit, those that can be paid for. */
  private losable = 0;
  private payable = 0;
  /** Deliveries of the last run, in order: actor, event, link, place of the transition. */
  private readonly queue = new Int32Array(LONGEST * DELIVERY_SIZE);

  constructor(system: System) {
    this.system = system;
    this.links = new LinkTable(system, this.purse);
    const identities = new Identities();
    const route = (from: Actor, message: Message): Route => this.routeOf(from, message);
    this.actors = Object.entries(system.components).map(
      ([name, component], index) => new Actor(name, index, component, identities, route),
    );
    for (const actor of this.actors) this.byName.set(actor.name, actor);
    this.fields = this.actors.length + 1;
    this.next = new Int32Array(this.fields);
    this.gatekeeper = system.gate ? this.actor(system.gate.component).index : 0;
    this.atGate = (local) => this.actors[this.gatekeeper]!.at(local);
    this.stimuli = system.stimuli;
    this.fired = new Float64Array(this.stimuli.length);
    this.budget = this.purse.fill(system.budget ?? {});
    const { stimuli, actors, purse, budget } = this;
    this.table = new StimulusTable(stimuli, actors, (name) => this.actor(name), purse, budget);
  }

  /** The actor called `name`. */
  actor(name: string): Actor {
    const actor = this.byName.get(name);
    if (!actor) throw new ModelError(`${this.system.name} has no component '${name}'.`);
    return actor;
  }

  /** Is the actor the channel of a queued link? */
  isChannel(actor: Actor): boolean {
    return this.links.channels.has(actor.name);
  }

  /** Writes the initial state into `tuple`. */
  start(tuple: Int32Array): void {
    for (const actor of this.actors) tuple[actor.index] = actor.start();
    tuple[this.fields - 1] = this.budget;
  }

  /**
   * Calls `visit` for every move of the state `tuple`; `this.next` then holds the state it leads to.
   * Moves that change nothing are visited too.
   */
  moves(tuple: Int32Array, visit: (move: number) => void): void {
    const { table, purse } = this;
    const left = tuple[this.fields - 1]!;
    this.begin(tuple);
    for (let actor = 0; actor < this.actors.length; actor++) {
      const start = table.enabled(actor, tuple[actor]!);
      const list = table.lists.data;
      const end = start + 2 * list[start]!;
      for (let i = start + 1; i < end; i += 2) {
        const stimulus = list[i]!;
        const place = list[i + 1]!;
        const price = table.price[stimulus]!;
        if (price >= 0 && purse.pay(left, price) === TOO_DEAR) continue;
        if (this.run(tuple, stimulus, 0, place)) visit(stimulus * LOSSES);
        // Where a full channel refuses a move, the loss of an earlier message may make it possible.
        if (this.losable > 0) this.lose(tuple, stimulus, place, visit);
      }
    }
  }

  /** Takes one move from `tuple`. @returns false if it is not possible there. */
  take(tuple: Int32Array, move: number): boolean {
    return this.takeAt(tuple, move, this.table.enabledPlace(Math.floor(move / LOSSES), tuple));
  }

  /** The same for who knows what comes next: without a list of all that the receiver could be told. */
  attempt(tuple: Int32Array, move: number): boolean {
    return this.takeAt(tuple, move, this.table.place(Math.floor(move / LOSSES), tuple));
  }

  private takeAt(tuple: Int32Array, move: number, place: number): boolean {
    if (place === ABSENT) return false;
    this.begin(tuple);
    const lost = move % LOSSES;
    return this.run(tuple, (move - lost) / LOSSES, lost, place) && lost <= this.losable;
  }

  /** What a move's number says. */
  decode(move: number): { stimulus: Stimulus; lost: number } {
    return { stimulus: this.stimuli[Math.floor(move / LOSSES)]!, lost: move % LOSSES };
  }

  /** Has the move now visited, from the state `tuple`, led anywhere else? */
  hasChanged(tuple: Int32Array): boolean {
    const { next, touched, touchedCount } = this;
    for (let i = 0; i < touchedCount; i++) {
      if (next[touched[i]!] !== tuple[touched[i]!]) return true;
    }
    return false;
  }

  /** Is the move the protocol's own (1) or a repair (2)? 0 for a fault, a loss or a client's wish. */
  healing(move: number): number {
    return move % LOSSES === 0 ? this.table.healing[move / LOSSES]! : 0;
  }

  /** Visits a stimulus with each of its messages lost that the last run says can be. */
  private lose(
    tuple: Int32Array,
    stimulus: number,
    place: number,
    visit: (move: number) => void,
  ): void {
    const { losable, payable } = this;
    if (losable >= LOSSES) throw this.tooManyLosses(stimulus);
    for (let lost = 1; lost <= losable; lost++) {
      if (((payable >> lost) & 1) === 0) continue;
      if (this.run(tuple, stimulus, lost, place)) visit(stimulus * LOSSES + lost);
    }
  }

  private begin(tuple: Int32Array): void {
    this.next.set(tuple);
    this.touchedCount = 0;
  }

  /** Takes back what the last run changed. */
  private restore(tuple: Int32Array): void {
    const { next, touched, touchedCount } = this;
    for (let i = 0; i < touchedCount; i++) next[touched[i]!] = tuple[touched[i]!]!;
    this.touchedCount = 0;
    this.losable = 0;
    this.payable = 0;
  }

  /** One stimulus, run to completion, with message number `lost` lost (0: none). */
  private run(tuple: Int32Array, stimulus: number, lost: number, place: number): boolean {
    const { next, actors, queue, table } = this;
    this.restore(tuple);
    const first = table.target[stimulus]!;
    let at = place;
    if (at === UNKNOWN_PLACE) {
      at = table.placeByViews(stimulus, tuple);
      if (actors[first]!.isIdle(tuple[first]!, at)) return false;
    }
    const price = table.price[stimulus]!;
    if (price >= 0 && !this.pay(price)) return false;
    let tail = this.settle(first, at, lost, 0);
    for (let head = 0; head < tail; head += DELIVERY_SIZE) {
      const actor = queue[head]!;
      const receiver = actors[actor]!;
      const step = receiver.step(next[actor]!, queue[head + 1]!);
      const isQueued = (queue[head + 2]! & QUEUED) !== 0;
      if (isQueued && receiver.isIdle(next[actor]!, step)) return false; // a full channel refuses
      queue[head + 3] = step;
      tail = this.settle(actor, step, lost, tail);
      if (tail < 0) return false;
    }
    if (tail < 0 || this.isWasted(tuple)) return false;
    if (this.counts) this.count(stimulus, at, tail);
    return true;
  }

  /** Counts the transitions of the move that was just run. */
  private count(stimulus: number, first: number, tail: number): void {
    const { actors, table, queue } = this;
    const counter = table.counter[stimulus]!;
    this.fired[stimulus]!++;
    actors[table.target[stimulus]!]!.out.data[first + counter]!++;
    for (let head = 0; head < tail; head += DELIVERY_SIZE) {
      actors[queue[head]!]!.out.data[queue[head + 3]! + counter]!++;
    }
  }

  /** Applies one transition and queues its messages. @returns the queue's new end; -1: no move. */
  private settle(actor: number, place: number, lost: number, tail: number): number {
    const { queue } = this;
    const out = this.actors[actor]!.out.data;
    this.touched[this.touchedCount++] = actor;
    this.next[actor] = out[place + NEXT]!;
    let end = tail;
    const last = place + MESSAGES + out[place + COUNT]! * MESSAGE_SIZE;
    for (let m = place + MESSAGES; m < last; m += MESSAGE_SIZE) {
      const link = out[m + 2]!;
      if ((link & LINK_FLAGS) !== 0) {
        const fate = this.fateOn(link, lost);
        if (fate === GONE) continue;
        if (fate === REFUSED) return -1;
      }
      if (end === queue.length) {
        throw new ModelError(`${this.system.name}: a move sends more than ${LONGEST} messages.`);
      }
      queue[end] = out[m]!;
      queue[end + 1] = out[m + 1]!;
      queue[end + 2] = link;
      end += DELIVERY_SIZE;
    }
    return end;
  }

  /** What becomes of a message on a link that does not just deliver. */
  private fateOn(link: number, lost: number): number {
    if ((link & BEYOND) !== 0) return REFUSED;
    const network = this.next[this.gatekeeper]!;
    if ((link & GATED) !== 0 && !this.links.isOpen(link, network, this.atGate)) {
      return (link & FROM_CHANNEL) !== 0 ? REFUSED : GONE;
    }
    if ((link & LOSABLE) === 0) return PASSED;
    const price = this.links.price(link);
    const number = ++this.losable;
    if (number === lost) return price < 0 || this.pay(price) ? GONE : REFUSED;
    const left = this.next[this.fields - 1]!;
    if (price < 0 || this.purse.pay(left, price) !== TOO_DEAR) this.payable |= 1 << number;
    return PASSED;
  }

  /** Was a fault paid for that changed nothing? Then it is as if it had not struck. */
  private isWasted(tuple: Int32Array): boolean {
    const { next } = this;
    const purse = this.fields - 1;
    if (next[purse] === tuple[purse]) return false;
    for (let field = 0; field < purse; field++) if (next[field] !== tuple[field]) return false;
    return true;
  }

  private tooManyLosses(stimulus: number): ModelError {
    return new ModelError(
      `${this.system.name}: ${this.stimuli[stimulus]!.event.type} sends ${this.losable} messages that may be lost; a move may send ${LOSSES - 1}.`,
    );
  }

  private pay(price: number): boolean {
    const purse = this.fields - 1;
    const left = this.purse.pay(this.next[purse]!, price);
    if (left === TOO_DEAR) return false;
    this.touched[this.touchedCount++] = purse;
    this.next[purse] = left;
    return true;
  }

  private routeOf(from: Actor, message: Message): Route {
    const { receiver, event, link } = this.links.hop(from.name, message);
    const actor = this.actor(receiver);
    return { actor: actor.index, event: actor.events.id(event), link };
  }
}
