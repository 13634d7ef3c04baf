/**
 * What is drawn of a run's messages, step by step. A message over an immediate link is one stroke; one
 * that waits in a channel leaves in one step and arrives, or is lost, in a later one.
 */
import type { Component, Message, Run, Step } from './run.ts';

/** A message under way over a channel. */
export interface Flight {
  readonly channel: string;
  readonly to: string;
  readonly message: Message;
}

export type Stroke =
  /** Arrived in the step that sent it, or never. */
  | { readonly kind: 'message'; readonly message: Message }
  /** Begins to wait at its receiver's. */
  | { readonly kind: 'leaves'; readonly message: Message; readonly flight: Flight }
  | { readonly kind: 'arrives'; readonly message: Message; readonly flight: Flight | null }
  /** Waits no more: lost, or passed over by one that came after it. */
  | { readonly kind: 'vanishes'; readonly flight: Flight; readonly why: 'lost' | 'passed over' };

/** The strokes of every step. */
export function strokesOf({ components, steps }: Pick<Run, 'components' | 'steps'>): Stroke[][] {
  const kinds = new Map(components.map(({ name, kind }) => [name, kind]));
  const waiting = new Map<string, Flight[]>();
  return steps.map((step) => strokesOfStep(step, kinds, waiting));
}

function strokesOfStep(
  { messages, changed }: Step,
  kinds: ReadonlyMap<string, Component['kind']>,
  waiting: Map<string, Flight[]>,
): Stroke[] {
  const strokes: Stroke[] = [];
  const arrived = new Map<string, Message[]>();
  const queueOf = (channel: string): Flight[] => {
    if (!waiting.has(channel)) waiting.set(channel, []);
    return waiting.get(channel)!;
  };
  for (const message of messages) {
    const { from, to, fate, channel } = message;
    if (kinds.get(from) === 'channel') {
      arrived.set(from, [...(arrived.get(from) ?? []), message]);
      // Until it is known which flight has ended.
      strokes.push({ kind: 'arrives', message, flight: null });
    } else if (fate === 'queued' && channel !== undefined) {
      const flight = { channel, to, message };
      queueOf(channel).push(flight);
      strokes.push({ kind: 'leaves', message, flight });
    } else if (isShown(kinds.get(to)) && isShown(kinds.get(from))) {
      strokes.push({ kind: 'message', message });
    }
  }
  const ended = [...waiting].flatMap(([channel, queue]) => {
    const left = lengthAfter(changed, channel) ?? queue.length;
    const gone = queue.splice(0, Math.max(0, queue.length - left));
    const heard = arrived.get(channel) ?? [];
    return gone.map((flight, i): [Flight, Message | null] => [
      flight,
      heard[i - (gone.length - heard.length)] ?? null,
    ]);
  });
  const flightOf = new Map(ended.map(([flight, message]) => [message, flight]));
  const complete = strokes.map((stroke) =>
    stroke.kind === 'arrives'
      ? { ...stroke, flight: flightOf.get(stroke.message) ?? null }
      : stroke,
  );
  const vanished = ended.flatMap(([flight, message]): Stroke[] => {
    if (message !== null) return [];
    const why = arrived.has(flight.channel) ? 'passed over' : 'lost';
    return [{ kind: 'vanishes', flight, why }];
  });
  return [...vanished, ...complete];
}

/** A ghost is no part of the protocol; what is done to a channel shows in its messages. */
const isShown = (kind: Component['kind'] | undefined): boolean =>
  kind !== 'ghost' && kind !== 'channel';

/** How many messages wait in the channel after the step; undefined if as many as before. */
function lengthAfter(changed: Step['changed'], channel: string): number | undefined {
  const after = changed[channel]?.queue?.[1];
  return Array.isArray(after) ? after.length : undefined;
}
