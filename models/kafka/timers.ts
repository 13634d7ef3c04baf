/** What a broker does by its own timers, and what an operator asks of it. */
import type { Stimulus } from '../../src/model/index.ts';
import type { Events } from './broker.ts';
import type { Settings } from './high-watermark.ts';

/** What a broker's own timers may do. `late`: also fetches whose answer is long on its way. */
export function brokerStimuli(settings: Settings, options: { late: boolean }): Stimulus[] {
  const of = (to: string, event: Events, cost?: Record<string, number>): Stimulus => ({
    to,
    event,
    class: cost ? 'fault' : 'protocol',
    ...(cost && { cost }),
  });
  return settings.replicas.flatMap((id) => {
    const peers = settings.replicas.filter((peer) => peer !== id);
    return [
      of(id, { type: 'FETCH_ROUND', late: false }),
      ...(options.late ? [of(id, { type: 'FETCH_ROUND', late: true })] : []),
      of(id, { type: 'SEND_ALTER_PARTITION' }),
      // No fault, but bounded: the ISR could shrink and grow for ever.
      ...subsets(peers).map(
        (replicas): Stimulus => ({
          to: id,
          event: { type: 'REPLICAS_LAG', replicas } as Events,
          class: 'protocol',
          cost: { lag: 1 },
        }),
      ),
      of(id, { type: 'SEND_HEARTBEAT' }),
      of(id, { type: 'SHUT_DOWN' }, { controlledShutdown: 1 }),
      of(id, { type: 'STOP' }),
    ];
  });
}

/** All subsets but the empty one. */
function subsets<T>(items: readonly T[]): T[][] {
  const [first, ...rest] = items;
  if (first === undefined) return [];
  const without = subsets(rest);
  return [[first], ...without, ...without.map((set) => [first, ...set])];
}
