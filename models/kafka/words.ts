/** What is written in a scenario to bring about each stimulus of the Kafka model. */
import type { Stimulus } from '../../src/model/index.ts';
import { list } from './phrases.ts';

/** Fields of the stimuli; each has those of its type. */
type Told = {
  broker: string;
  value: number;
  replicas: string[];
  late: boolean;
  count: number;
  keep: number | null;
  fetchInFlight: boolean;
  oldCheckpoint: boolean;
};

/** `crash b1`, `b2 fetches`, `produce record 0 to b1` */
export function words({ to, event }: Stimulus): string {
  const told = event as unknown as Told;
  const phrase = phrases[event.type];
  if (event.type === 'DELIVER') return arrives(to, told.count);
  return phrase?.(told, to) ?? `${to} ${event.type}`;
}

const phrases: Readonly<Record<string, (told: Told, to: string) => string>> = {
  SEND: ({ value, broker }) => `produce record ${value} to ${broker}`,
  FETCH_ROUND: ({ late }, to) => `${to} fetches${late ? ', the answer is late' : ''}`,
  REPLICAS_LAG: ({ replicas }, to) => `${to} finds ${list(replicas)} lagging`,
  SEND_ALTER_PARTITION: (_, to) => `${to} proposes`,
  SEND_HEARTBEAT: (_, to) => `${to} sends a heartbeat`,
  SHUT_DOWN: (_, to) => `shut down ${to}`,
  STOP: (_, to) => `${to} stops`,
  CRASH: (told) => `crash ${told.broker}${manner(told)}`,
  LOSE_POWER: (told) => `power loss at ${told.broker}, disk keeps ${told.keep}${manner(told)}`,
  LOSE_DISK: (told) => `disk loss at ${told.broker}${manner(told)}`,
  PAUSE: ({ broker }) => `pause ${broker}`,
  CUT: ({ broker }) => `cut off ${broker}`,
  RESTART: ({ broker }) => `restart ${broker}`,
  ELECT_PREFERRED: () => 'elect the preferred leader',
};

const manner = ({ fetchInFlight, oldCheckpoint }: Told): string =>
  `${fetchInFlight ? ', its fetch on the way' : ''}${oldCheckpoint ? ', checkpoint old' : ''}`;

/** What waits in a channel arrives; of several changes of the metadata log the last is read. */
function arrives(channel: string, count: number): string {
  const [kind, id] = channel.split(':');
  if (kind === 'metadata') return `${id} reads ${count === 1 ? 'metadata' : `${count} changes`}`;
  return kind === 'answers' ? `the late answer reaches ${id}` : 'the fetch on the way arrives';
}
