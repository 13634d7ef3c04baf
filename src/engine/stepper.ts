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
import { Actor, COUNT, MESSAGE_SIZE, MESSAGES, NEXT, type Route, STRUCK, TAKEN } from './actor.ts';
import { Purse, TOO_DEAR } from './budget.ts';
import { BEYOND, FROM_CHANNEL, GATED, LINK_FLAGS, LinkTable, LOSABLE, QUEUED } from './link.ts';
import { ABSENT } from './pair-map.ts';
import { ViewReader } from './view-reader.ts';
import { ViewTable } from './view-table.ts';

/** A move's number: stimulus * LOSSES + (0, or the one-based place of the message that is lost). */
export const LOSSES = 16;
/** Longest chain of messages in one move; a longer one is an endless conversation. */
const LONGEST = 4096;
/** What becomes of a message: it is delivered; it is gone (lost or cut); it makes the move impossible. */
const PASSED = 0;
const GONE = 1;
const REFUSED = 2;
/** `enabled` holds pairs (stimulus, place of its first transition); views are looked up later. */
const UNKNOWN_PLACE = -1;

export class Stepper {
  readonly system: System;
  readonly actors: readonly Actor[];
  readonly stimuli: readonly Stimulus[];
  readonly purse = new Purse();
  /** Length of a global state's tuple. */
  readonly fields: number;
  /** The tuple that the last `take` led to. */
  readonly next: Int32Array;
  /** How many messages of the last `take` could have been lost. */
  losable = 0;
  /** Are the transitions of possible moves counted (see `Actor.out`)? Off while only looking ahead. */
  counts = true;
  /** Per stimulus: how many counted moves it began. */
  readonly fired: Float64Array;

  private readonly byName = new Map<string, Actor>();
  private readonly gatekeeper: number;
  private readonly atGate: (local: number) => Local;
  private readonly links: LinkTable;
  private readonly target: Int32Array;
  private readonly firstEvent: Int32Array;
  private readonly price: Int32Array;
  /** Which count of a transition a stimulus raises. */
  private readonly counter: Uint8Array;
  private readonly healers: Uint8Array;
  private readonly readers: (ViewReader | null)[];
  private readonly enabled: (Int32Array | undefined)[][];
  private readonly queueActor = new Int32Array(LONGEST);
  private readonly queueEvent = new Int32Array(LONGEST);
  private readonly queueLink = new Int32Array(LONGEST);
  private readonly queuePlace = new Int32Array(LONGEST);

  constructor(system: System) {
    this.system = system;
    this.links = new LinkTable(system, this.purse);
    const route = (from: Actor, message: Message): Route => this.routeOf(from, message);
    this.actors = Object.entries(system.components).map(
      ([name, component], index) => new Actor(name, index, component, route),
    );
    for (const actor of this.actors) this.byName.set(actor.name, actor);
    this.fields = this.actors.length + 1;
    this.next = new Int32Array(this.fields);
    this.gatekeeper = system.gate ? this.actor(system.gate.component).index : 0;
    this.atGate = (local) => this.actors[this.gatekeeper]!.at(local);
    this.stimuli = system.stimuli;
    this.fired = new Float64Array(this.stimuli.length);
    this.target = Int32Array.from(this.stimuli, (s) => this.actor(s.to).index);
    this.firstEvent = Int32Array.from(this.stimuli, (s) =>
      s.views ? ABSENT : this.actor(s.to).events.id(s.event),
    );
    this.price = Int32Array.from(this.stimuli, (s) => this.purse.price(s.cost));
    this.counter = Uint8Array.from(this.stimuli, (s) => (s.class === 'fault' ? STRUCK : TAKEN));
    this.healers = Uint8Array.from(this.stimuli, ({ cost, class: kind }) =>
      cost ? 0 : kind === 'protocol' ? 1 : kind === 'repair' ? 2 : 0,
    );
    this.readers = this.stimuli.map((s) => (s.views ? this.reader(s) : null));
    this.enabled = this.actors.map(() => []);
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
    tuple[this.fields - 1] = this.purse.fill(this.system.budget ?? {});
  }

  /**
   * Calls `visit` for every move of the state `tuple`; `this.next` then holds the state it leads to.
   * Moves that change nothing are visited too.
   */
  moves(tuple: Int32Array, visit: (move: number) => void): void {
    for (let actor = 0; actor < this.actors.length; actor++) {
      const local = tuple[actor]!;
      const enabled = this.enabled[actor]![local] ?? this.findEnabled(actor, local);
      for (let i = 0; i < enabled.length; i += 2) {
        const stimulus = enabled[i]!;
        const place = enabled[i + 1]!;
        const isPossible = this.run(tuple, stimulus, 0, place);
        // Where a full channel refuses a move, the loss of an earlier message may make it possible.
        const { losable } = this;
        if (losable >= LOSSES) throw this.tooManyLosses(stimulus);
        if (isPossible) visit(stimulus * LOSSES);
        for (let lost = 1; lost <= losable; lost++) {
          if (this.run(tuple, stimulus, lost, place)) visit(stimulus * LOSSES + lost);
        }
      }
    }
  }

  /** Takes one move from `tuple`. @returns false if it is not possible there. */
  take(tuple: Int32Array, move: number): boolean {
    const stimulus = Math.floor(move / LOSSES);
    const lost = move % LOSSES;
    if (stimulus >= this.stimuli.length) return false;
    const actor = this.target[stimulus]!;
    const local = tuple[actor]!;
    const enabled = this.enabled[actor]![local] ?? this.findEnabled(actor, local);
    for (let i = 0; i < enabled.length; i += 2) {
      if (enabled[i] !== stimulus) continue;
      return this.run(tuple, stimulus, lost, enabled[i + 1]!) && lost <= this.losable;
    }
    return false;
  }

  /** What a move's number says. */
  decode(move: number): { stimulus: Stimulus; lost: number } {
    return { stimulus: this.stimuli[Math.floor(move / LOSSES)]!, lost: move % LOSSES };
  }

  /** Is the move the protocol's own (1) or a repair (2)? 0 for a fault, a loss or a client's wish. */
  healing(move: number): number {
    return move % LOSSES === 0 ? this.healers[move / LOSSES]! : 0;
  }

  /** The stimuli that the receiver's local state does not rule out, each with its transition. */
  private findEnabled(actor: number, local: number): Int32Array {
    const { actors, stimuli } = this;
    const found: number[] = [];
    for (let s = 0; s < stimuli.length; s++) {
      if (this.target[s] !== actor) continue;
      const stimulus = stimuli[s]!;
      if (stimulus.when && !stimulus.when(actors[actor]!.at(local))) continue;
      if (this.firstEvent[s] === ABSENT) {
        found.push(s, UNKNOWN_PLACE);
        continue;
      }
      const place = actors[actor]!.step(local, this.firstEvent[s]!);
      if (!actors[actor]!.isIdle(local, place)) found.push(s, place);
    }
    const enabled = Int32Array.from(found);
    this.enabled[actor]![local] = enabled;
    return enabled;
  }

  /** One stimulus, run to completion, with message number `lost` lost (0: none). */
  private run(tuple: Int32Array, stimulus: number, lost: number, place: number): boolean {
    const { next, actors, queueActor, queueEvent, fields } = this;
    const first = this.target[stimulus]!;
    this.losable = 0;
    let at = place;
    if (at === UNKNOWN_PLACE) {
      const event = this.readers[stimulus]!.event(tuple);
      at = actors[first]!.step(tuple[first]!, event);
      if (actors[first]!.isIdle(tuple[first]!, at)) return false;
    }
    for (let field = 0; field < fields; field++) next[field] = tuple[field]!;
    const price = this.price[stimulus]!;
    if (price >= 0 && !this.pay(price)) return false;
    let tail = this.settle(first, at, lost, 0);
    for (let head = 0; head < tail; head++) {
      const actor = queueActor[head]!;
      const receiver = actors[actor]!;
      const step = receiver.step(next[actor]!, queueEvent[head]!);
      const isQueued = (this.queueLink[head]! & QUEUED) !== 0;
      if (isQueued && receiver.isIdle(next[actor]!, step)) return false; // a full channel refuses
      this.queuePlace[head] = step;
      tail = this.settle(actor, step, lost, tail);
      if (tail < 0) return false;
    }
    if (tail < 0 || this.isWasted(tuple)) return false;
    if (this.counts) this.count(stimulus, at, tail);
    return true;
  }

  /** Counts the transitions of the move that was just run. */
  private count(stimulus: number, first: number, deliveries: number): void {
    const { actors, queueActor, queuePlace } = this;
    const counter = this.counter[stimulus]!;
    this.fired[stimulus]!++;
    actors[this.target[stimulus]!]!.out.data[first + counter]!++;
    for (let head = 0; head < deliveries; head++) {
      actors[queueActor[head]!]!.out.data[queuePlace[head]! + counter]!++;
    }
  }

  /** Applies one transition and queues its messages. @returns the queue's new end; -1: no move. */
  private settle(actor: number, place: number, lost: number, tail: number): number {
    const out = this.actors[actor]!.out.data;
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
      if (end === LONGEST) {
        throw new ModelError(`${this.system.name}: a move sends more than ${LONGEST} messages.`);
      }
      this.queueActor[end] = out[m]!;
      this.queueEvent[end] = out[m + 1]!;
      this.queueLink[end] = link;
      end++;
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
    if ((link & LOSABLE) !== 0 && ++this.losable === lost) {
      const price = this.links.price(link);
      return price >= 0 && !this.pay(price) ? REFUSED : GONE;
    }
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
    const left = this.purse.pay(this.next[this.fields - 1]!, price);
    if (left === TOO_DEAR) return false;
    this.next[this.fields - 1] = left;
    return true;
  }

  private routeOf(from: Actor, message: Message): Route {
    const { receiver, event, link } = this.links.hop(from.name, message);
    const actor = this.actor(receiver);
    return { actor: actor.index, event: actor.events.id(event), link };
  }

  private reader(stimulus: Stimulus): ViewReader {
    const tables: [parameter: string, actor: number, view: ViewTable][] = [];
    for (const [parameter, [component, view]] of Object.entries(stimulus.views ?? {})) {
      const actor = this.actor(component);
      tables.push([parameter, actor.index, ViewTable.of(actor, actor.component.views![view]!)]);
    }
    return new ViewReader(this.actor(stimulus.to), stimulus.event, tables);
  }
}
