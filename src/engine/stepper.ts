/**
 * Moves of a system, by table look-ups.
 *
 * A global state is a tuple: one integer per component (its local state), one for the fault budget.
 * A move is one stimulus and everything it causes, run to completion; where a message of it may be
 * lost there is a further move per such message.
 */
import type { EventObject } from 'xstate';
import { beyondBounds, ModelError, type Stimulus, type System } from '../model/system.ts';
import { Actor, COUNT, MESSAGE_SIZE, MESSAGES, NEXT, type Route, TAKEN } from './actor.ts';
import { Purse, TOO_DEAR } from './budget.ts';
import { channelNames, type Link, linkOf } from './link.ts';
import { ABSENT } from './pair-map.ts';
import { ViewReader } from './view-reader.ts';
import { ViewTable } from './view-table.ts';

/** A move's number: stimulus * LOSSES + (0, or the one-based place of the message that is lost). */
export const LOSSES = 16;
/** Longest chain of messages in one move; a longer one is an endless conversation. */
const LONGEST = 4096;
/** The receiver of `beyondBounds`. */
const NOBODY = -1;
/** `enabled` holds pairs (stimulus, place of its first transition); views are looked up later. */
const UNKNOWN_PLACE = -1;

interface LinkTable {
  readonly link: Link;
  readonly price: number;
  readonly losable: boolean;
  readonly fromChannel: boolean;
}

export class Stepper {
  readonly system: System;
  readonly actors: readonly Actor[];
  readonly stimuli: readonly Stimulus[];
  readonly purse = new Purse();
  readonly links: LinkTable[] = [];
  /** Length of a global state's tuple. */
  readonly fields: number;
  /** The tuple that the last `take` led to. */
  readonly next: Int32Array;
  /** How many messages of the last `take` could have been lost. */
  losable = 0;
  /** Told of every delivery while set; for traces, never during a search. */
  onDelivery: ((link: Link | null, actor: Actor, event: EventObject, fate: Fate) => void) | null =
    null;

  private readonly byName = new Map<string, Actor>();
  private readonly linkIds = new Map<string, number>();
  private readonly gateActor: number;
  /** Per network state: 1 open, 2 closed, 0 not asked yet; by link. */
  private readonly gates: Uint8Array[] = [];
  private readonly target: Int32Array;
  private readonly firstEvent: Int32Array;
  private readonly price: Int32Array;
  private readonly healers: Uint8Array;
  private readonly readers: (ViewReader | null)[];
  private readonly enabled: (Int32Array | undefined)[][];
  private readonly queueActor = new Int32Array(LONGEST);
  private readonly queueEvent = new Int32Array(LONGEST);
  private readonly queueLink = new Int32Array(LONGEST);

  constructor(system: System) {
    this.system = system;
    const channels = channelNames(system);
    const route = (from: Actor, message: { type: string; to: string }): Route =>
      this.routeOf(from, message, channels);
    this.actors = Object.entries(system.components).map(
      ([name, component], index) => new Actor(name, index, component, route),
    );
    for (const actor of this.actors) this.byName.set(actor.name, actor);
    this.fields = this.actors.length + 1;
    this.next = new Int32Array(this.fields);
    this.gateActor = system.gate ? this.actor(system.gate.component).index : -1;
    this.stimuli = system.stimuli;
    this.target = Int32Array.from(this.stimuli, (s) => this.actor(s.to).index);
    this.firstEvent = Int32Array.from(this.stimuli, (s) =>
      s.views ? ABSENT : this.actor(s.to).events.id(s.event),
    );
    this.price = Int32Array.from(this.stimuli, (s) => this.purse.price(s.cost));
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
        if (!this.run(tuple, stimulus, 0, enabled[i + 1]!)) continue;
        const { losable } = this;
        visit(stimulus * LOSSES);
        for (let lost = 1; lost <= losable; lost++) {
          if (this.run(tuple, stimulus, lost, enabled[i + 1]!)) visit(stimulus * LOSSES + lost);
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
    let at = place;
    if (at === UNKNOWN_PLACE) {
      const event = this.readers[stimulus]!.event(tuple);
      at = actors[first]!.step(tuple[first]!, event);
      if (actors[first]!.isIdle(tuple[first]!, at)) return false;
    }
    for (let field = 0; field < fields; field++) next[field] = tuple[field]!;
    const price = this.price[stimulus]!;
    if (price >= 0 && !this.pay(price)) return false;
    this.losable = 0;
    if (this.onDelivery) {
      this.onDelivery(null, actors[first]!, this.eventOf(stimulus, tuple), 'delivered');
    }
    let tail = this.settle(first, at, lost, 0);
    for (let head = 0; head < tail; head++) {
      const actor = queueActor[head]!;
      const receiver = actors[actor]!;
      const step = receiver.step(next[actor]!, queueEvent[head]!);
      if (this.links[this.queueLink[head]!]!.link.rule.queue !== undefined) {
        if (receiver.isIdle(next[actor]!, step)) return false; // a full channel refuses the move
      }
      tail = this.settle(actor, step, lost, tail);
      if (tail < 0) return false;
    }
    return tail >= 0 && !this.isWasted(tuple);
  }

  /** Applies one transition and queues its messages. @returns the queue's new end; -1: no move. */
  private settle(actor: number, place: number, lost: number, tail: number): number {
    const out = this.actors[actor]!.out.data;
    this.next[actor] = out[place + NEXT]!;
    out[place + TAKEN]!++;
    let end = tail;
    const last = place + MESSAGES + out[place + COUNT]! * MESSAGE_SIZE;
    for (let m = place + MESSAGES; m < last; m += MESSAGE_SIZE) {
      if (out[m] === NOBODY) return -1; // beyond the model's bounds
      const table = this.links[out[m + 2]!]!;
      let fate: Fate = 'delivered';
      if (table.link.gated && !this.isOpen(out[m + 2]!)) {
        if (table.fromChannel) return -1; // what cannot be delivered stays in its channel
        fate = 'cut';
      } else if (table.losable && ++this.losable === lost) {
        if (table.price >= 0 && !this.pay(table.price)) return -1;
        fate = 'lost';
      }
      if (this.onDelivery) {
        const receiver = this.actors[out[m]!]!;
        this.onDelivery(table.link, receiver, receiver.events.at(out[m + 1]!), fate);
      }
      if (fate !== 'delivered') continue;
      if (end === LONGEST) {
        throw new ModelError(`${this.system.name}: a move sends more than ${LONGEST} messages.`);
      }
      this.queueActor[end] = out[m]!;
      this.queueEvent[end] = out[m + 1]!;
      this.queueLink[end] = out[m + 2]!;
      end++;
    }
    return end;
  }

  /** Was a fault paid for that changed nothing? Then it is as if it had not struck. */
  private isWasted(tuple: Int32Array): boolean {
    const { next } = this;
    const purse = this.fields - 1;
    if (next[purse] === tuple[purse]) return false;
    for (let field = 0; field < purse; field++) if (next[field] !== tuple[field]) return false;
    return true;
  }

  private pay(price: number): boolean {
    const left = this.purse.pay(this.next[this.fields - 1]!, price);
    if (left === TOO_DEAR) return false;
    this.next[this.fields - 1] = left;
    return true;
  }

  private isOpen(link: number): boolean {
    const network = this.next[this.gateActor]!;
    let gates = this.gates[network];
    if (!gates || gates.length < this.links.length) {
      gates = new Uint8Array(this.links.length + 64);
      this.gates[network] = gates;
    }
    if (gates[link] === 0) {
      const { from, next } = this.links[link]!.link;
      const open = this.system.gate!.open(this.actors[this.gateActor]!.at(network), from, next);
      gates[link] = open ? 1 : 2;
    }
    return gates[link] === 1;
  }

  private routeOf(
    from: Actor,
    message: { type: string; to: string },
    channels: ReadonlySet<string>,
  ): Route {
    if (message.to === beyondBounds.to) return { actor: NOBODY, event: 0, link: 0 };
    const link = linkOf(this.system, from.name, message);
    const receiver = this.actor(link.next);
    const event = link.rule.queue === undefined ? message : { type: 'ENQUEUE', message };
    const rule = (this.system.links ?? []).indexOf(link.rule);
    const key = `${link.from} ${link.next} ${rule}`;
    let id = this.linkIds.get(key);
    if (id === undefined) {
      id = this.links.length;
      this.linkIds.set(key, id);
      const price = this.purse.price(link.rule.loss);
      // A queued message is lost in its channel (DROP), not on the way into it.
      const losable = link.rule.loss !== undefined && link.rule.queue === undefined;
      this.links.push({ link, price, losable, fromChannel: channels.has(from.name) });
    }
    return { actor: receiver.index, event: receiver.events.id(event), link: id };
  }

  private reader(stimulus: Stimulus): ViewReader {
    const tables: [parameter: string, actor: number, view: ViewTable][] = [];
    for (const [parameter, [component, view]] of Object.entries(stimulus.views ?? {})) {
      const actor = this.actor(component);
      tables.push([parameter, actor.index, ViewTable.of(actor, actor.component.views![view]!)]);
    }
    return new ViewReader(this.actor(stimulus.to), stimulus.event, tables);
  }

  private eventOf(stimulus: number, tuple: Int32Array): EventObject {
    const reader = this.readers[stimulus];
    const actor = this.actors[this.target[stimulus]!]!;
    return actor.events.at(reader ? reader.event(tuple) : this.firstEvent[stimulus]!);
  }
}

/** What became of a message. */
export type Fate = 'delivered' | 'lost' | 'cut';
