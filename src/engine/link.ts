/** Links at run time: which rule a message falls under, where it goes, and whether it may pass. */
import {
  beyondBounds,
  type LinkRule,
  type Local,
  type Message,
  ModelError,
  type System,
} from '../model/system.ts';
import type { Purse } from './budget.ts';

/** Flags of a link, the low bits of its number. A link without flags just delivers. */
export const GATED = 1;
/** A message may be lost, one a move. */
export const LOSABLE = 2;
/** The receiver is a channel; if it is full, the move is not possible. */
export const QUEUED = 4;
/** The sender is a channel: what it cannot deliver stays in it. */
export const FROM_CHANNEL = 8;
/** Not a link: the message says that the move leads beyond the model's bounds. */
export const BEYOND = 16;
export const LINK_FLAGS = GATED | LOSABLE | QUEUED | FROM_CHANNEL | BEYOND;
const FLAG_BITS = 5;

/** Where a message goes, and by which link. */
export interface Hop {
  /** The component that receives it now: the channel, on a queued link. */
  readonly receiver: string;
  /** What it receives. */
  readonly event: Message | { type: 'ENQUEUE'; message: Message };
  /** The link's number, flags included. */
  readonly link: number;
}

/** A link between two components, for the messages of one rule. */
interface Link {
  readonly from: string;
  readonly next: string;
  /** What a loss costs, as the purse numbers prices. */
  readonly price: number;
}

/** The links of a system that messages were seen on. */
export class LinkTable {
  /** Names of the components that are channels of queued links. */
  readonly channels: ReadonlySet<string>;

  private readonly system: System;
  private readonly purse: Purse;
  private readonly links: Link[] = [];
  private readonly numbers = new Map<string, number>();
  /** Per local state of the gate's component: 1 open, 2 closed, 0 not asked yet; by link. */
  private readonly gates: Uint8Array[] = [];

  constructor(system: System, purse: Purse) {
    this.system = system;
    this.purse = purse;
    this.channels = new Set(
      (system.links ?? []).flatMap((link) => (link.queue === undefined ? [] : [link.queue])),
    );
  }

  /** The way of a message that `from` sends. */
  hop(from: string, message: Message): Hop {
    const { to } = message;
    if (to === beyondBounds.to) return { receiver: from, event: message, link: BEYOND };
    if (typeof to !== 'string' || !Object.hasOwn(this.system.components, to)) {
      throw new ModelError(
        `${this.system.name}: '${from}' sends ${message.type} to '${String(to)}', which is no component.`,
      );
    }
    const rules = this.system.links ?? [];
    const place = rules.findIndex((rule) => matches(rule, from, message));
    const rule = rules[place] ?? {};
    const receiver = rule.queue ?? to;
    const event = rule.queue === undefined ? message : ({ type: 'ENQUEUE', message } as const);
    return { receiver, event, link: this.link(from, receiver, place, rule) };
  }

  /** What the loss of a message on `link` costs; -1 if nothing. */
  price(link: number): number {
    return this.links[link >> FLAG_BITS]!.price;
  }

  /** Does the gate let messages pass over `link`, its component being in local state `local`? */
  isOpen(link: number, local: number, at: (local: number) => Local): boolean {
    const number = link >> FLAG_BITS;
    let known = this.gates[local];
    if (!known || known.length <= number) {
      known = new Uint8Array(this.links.length + 64);
      this.gates[local] = known;
    }
    if (known[number] === 0) {
      const { from, next } = this.links[number]!;
      known[number] = this.system.gate!.open(at(local), from, next) ? 1 : 2;
    }
    return known[number] === 1;
  }

  private link(from: string, next: string, place: number, rule: LinkRule): number {
    const key = `${from} ${next} ${place}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = (this.links.length << FLAG_BITS) | this.flags(from, rule);
      this.numbers.set(key, number);
      this.links.push({ from, next, price: this.purse.price(rule.loss) });
    }
    return number;
  }

  private flags(from: string, rule: LinkRule): number {
    let flags = 0;
    if (this.system.gate && rule.gated !== false) flags |= GATED;
    // A queued message is lost in its channel (DROP), not on the way into it.
    if (rule.loss !== undefined && rule.queue === undefined) flags |= LOSABLE;
    if (rule.queue !== undefined) flags |= QUEUED;
    if (this.channels.has(from)) flags |= FROM_CHANNEL;
    return flags;
  }
}

/** Does the rule speak of this message? What a channel delivers does not enter it again. */
function matches(rule: LinkRule, from: string, message: Message): boolean {
  return (
    rule.queue !== from &&
    (rule.from?.includes(from) ?? true) &&
    (rule.to?.includes(message.to) ?? true) &&
    (rule.types?.includes(message.type) ?? true)
  );
}
