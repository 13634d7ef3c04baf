/** Links at run time: which rule a message falls under, and where it goes. */
import { type LinkRule, type Message, ModelError, type System } from '../model/system.ts';

/** A link between two components, for the messages of one rule. */
export interface Link {
  readonly from: string;
  /** The component the message is meant for. */
  readonly to: string;
  /** The component that receives it now: the channel on a queued link, else `to`. */
  readonly next: string;
  readonly rule: LinkRule;
  /** Is the gate asked? */
  readonly gated: boolean;
}

const PLAIN: LinkRule = {};

/** Finds the link of a message that `from` sends. */
export function linkOf(system: System, from: string, message: Message): Link {
  const { to } = message;
  if (typeof to !== 'string' || !Object.hasOwn(system.components, to)) {
    throw new ModelError(
      `${system.name}: '${from}' sends ${message.type} to '${String(to)}', which is no component.`,
    );
  }
  const rule =
    (system.links ?? []).find(
      (link) =>
        // A channel's own deliveries do not enter a channel again.
        link.queue !== from &&
        (link.from?.includes(from) ?? true) &&
        (link.to?.includes(to) ?? true) &&
        (link.types?.includes(message.type) ?? true),
    ) ?? PLAIN;
  const gated = system.gate !== undefined && rule.gated !== false;
  return { from, to, next: rule.queue ?? to, rule, gated };
}

/** Names of the components that are channels of queued links. */
export function channelNames(system: System): ReadonlySet<string> {
  return new Set((system.links ?? []).flatMap((link) => (link.queue ? [link.queue] : [])));
}
