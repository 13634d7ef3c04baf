/** What a broker does by its own timers, and what an operator asks of it. */
import type { Local, Stimulus } from '../../src/model/index.ts';
import type { Events } from './broker.ts';
import type { Settings } from './high-watermark.ts';
import type { Replica } from './replica.ts';

// What the machine forbids anyway; said here too so that it need not be asked.
const replicaOf = ({ context }: Local): Replica => context as Replica;
const follows = (local: Local): boolean => replicaOf(local).leader !== null;
const leads = (local: Local): boolean => replicaOf(local).leadership !== null;
const mayStop = (local: Local): boolean => replicaOf(local).mayStop;

/** What a broker's own timers may do. `late`: also fetches whose answer is long on its way. */
export function brokerStimuli(settings: Settings, options: { late: boolean }): Stimulus[] {
  const of = (to: string, event: Events, when?: Stimulus['when']): Stimulus => ({
    to,
    event,
    class: 'protocol',
    ...(when && { when }),
  });
  return settings.replicas.flatMap((id) => {
    const peers = settings.replicas.filter((peer) => peer !== id);
    return [
      of(id, { type: 'FETCH_ROUND', late: false }, follows),
      ...(options.late ? [of(id, { type: 'FETCH_ROUND', late: true }, follows)] : []),
      of(id, { type: 'SEND_ALTER_PARTITION' }, leads),
      // No fault, but bounded: the ISR could shrink and grow for ever.
      ...subsets(peers).map(
        (replicas): Stimulus => ({
          to: id,
          event: { type: 'REPLICAS_LAG', replicas } as Events,
          class: 'protocol',
          cost: { lag: 1 },
          when: leads,
        }),
      ),
      of(id, { type: 'SEND_HEARTBEAT' }),
      {
        to: id,
        event: { type: 'SHUT_DOWN' },
        class: 'fault',
        cost: { controlledShutdown: 1 },
      },
      of(id, { type: 'STOP' }, mayStop),
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
