/**
 * The test of a reduction: the same system with its immediate links replaced by channels, so that
 * every message between two components can be overtaken by whatever else happens.
 */
import { channel } from './channel.ts';
import { defineSystem, type LinkRule, type System } from './system.ts';

/**
 * `system` with a channel for each of `pairs`. Links that are queued already stay as they are; a
 * message that could be lost for nothing can be dropped from its channel for nothing.
 *
 * @param pairs sender and receiver.
 * @param capacity messages that may wait in one channel.
 */
export function queued(
  system: System,
  pairs: readonly (readonly [from: string, to: string])[],
  capacity: number,
): System {
  const known = system.links ?? [];
  const added = pairs.map(([from, to]) => {
    const name = `from_${from}:${to}`;
    const isFree = known.some(
      ({ queue, loss, from: senders, to: receivers }) =>
        queue === undefined &&
        loss !== undefined &&
        Object.keys(loss).length === 0 &&
        (senders?.includes(from) ?? true) &&
        (receivers?.includes(to) ?? true),
    );
    const made = channel(name, { capacity, ...(isFree && { loss: {} }) });
    const rule: LinkRule = { from: [from], to: [to], queue: name };
    return { name, rule, ...made };
  });
  return defineSystem({
    ...system,
    name: `${system.name} (queued)`,
    components: {
      ...system.components,
      ...Object.fromEntries(added.map(({ name, component }) => [name, component])),
    },
    stimuli: [...system.stimuli, ...added.flatMap(({ stimuli }) => stimuli)],
    links: [
      ...known.filter(({ queue }) => queue !== undefined),
      ...added.map(({ rule }) => rule),
      ...known.filter(({ queue }) => queue === undefined),
    ],
  });
}
