/** What is written in a scenario to bring about each stimulus of a streaming query. */
import type { Stimulus } from '../../../src/model/index.ts';

/** Fields of the stimuli; each has those of its type. */
type Told = {
  stale: string | null;
  answer: 'right' | 'stale' | 'empty';
  lost: boolean;
  persist: boolean;
  coalesced: boolean;
  torn: string | null;
  survivor: number | null;
  partition: number;
  log: string;
};

/** `start driver1`, `driver1 writes the offset log`, `crash driver1` */
export function words({ to, event, cost = {} }: Stimulus): string {
  const told = event as unknown as Told;
  if (event.type === 'FAIL') {
    return Object.hasOwn(cost, 'executorLoss') ? `${to} loses its executor` : `${to} fails`;
  }
  return phrases[event.type]?.(told, to) ?? `${to} ${event.type}`;
}

const phrases: Readonly<Record<string, (told: Told, to: string) => string>> = {
  START: ({ stale }, to) =>
    `start ${to}${stale === null ? '' : `, its listing of ${stale} is stale`}`,
  FETCH_OFFSETS: ({ answer }, to) =>
    `${to} fetches offsets${{ right: '', stale: ', they lag', empty: ', none are told' }[answer]}`,
  WRITE_WAL: ({ lost, persist }, to) =>
    persist
      ? `${to} writes the offset log${lost ? ', the write is lost' : ''}`
      : `${to} goes on without the offset log`,
  PLAN: (_, to) => `${to} plans`,
  SUBMIT: ({ coalesced }, to) => `${to} submits${coalesced ? ', all in one task' : ''}`,
  COMMIT_SINK: (_, to) => `${to} commits the sink`,
  UPDATE_WATERMARK: (_, to) => `${to} updates the watermark`,
  WRITE_COMMIT: ({ lost }, to) => `${to} writes the commit log${lost ? ', the write is lost' : ''}`,
  ADVANCE: (_, to) => `${to} advances`,
  CRASH: ({ torn, survivor }, to) =>
    `crash ${to}${torn === null ? '' : `, ${torn} torn`}${survivor === null ? '' : `, task ${survivor + 1} lives on`}`,
  DELETE_CHECKPOINT: () => 'delete the checkpoint',
  DRAIN: (_, to) => `${to} writes`,
  EXECUTE: (_, to) => `${to} executes`,
  WRITE: (_, to) => `${to} writes`,
  REPORT: (_, to) => `${to} reports`,
  GIVE_UP: (_, to) => `${to} is given up`,
  PRODUCE: ({ partition }) => `produce to partition ${partition}`,
  RETAIN: ({ partition }) => `retention passes partition ${partition}`,
  TRUNCATE: ({ partition }) => `partition ${partition} loses its last record`,
  LOSE_NEWEST: ({ log }) => `the newest file of ${log} is lost`,
};
