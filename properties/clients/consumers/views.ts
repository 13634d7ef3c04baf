/** What claims about consumers read of the components. */
import {
  type Consumer,
  consumerIds,
  type Group,
  type History,
  type Partition,
  type Position,
} from '../../../models/clients/consumers/index.ts';
import type { Local, View } from '../../../src/model/index.ts';

/** A view of every consumer, under its name. */
export const ofConsumers = (view: View): Record<string, View> =>
  Object.fromEntries(consumerIds.map((id) => [id, view]));

const contextOf = <T>({ context }: Local): T => context as T;

/** The records that readers may be shown, in order; those of aborted transactions nobody wants. */
export type Shown = { value: number; isWanted: boolean }[];
export const shown = (local: Local): Shown => {
  const { log, highWatermark } = contextOf<Partition>(local);
  return log.slice(0, highWatermark).map(({ value, fate }) => ({
    value,
    isWanted: fate === 'none' || fate === 'committed',
  }));
};

/** The leader's log and epoch. */
export type Led = { epoch: number; values: number[] };
export const led = (local: Local): Led => {
  const { log, epoch } = contextOf<Partition>(local);
  return { epoch, values: log.map(({ value }) => value) };
};

export const vanished = (local: Local): number[] => contextOf<Partition>(local).vanished;

export const committed = (local: Local): Position | null => contextOf<Group>(local).committed;
export const decided = (local: Local): number =>
  contextOf<Group>(local).pending.filter((txn) => txn.decided).length;
export const strayCommit = (local: Local): string | null => contextOf<Group>(local).strayCommit;
export const members = (local: Local): Group['members'] => contextOf<Group>(local).members;

export const effects = (local: Local): number[] => contextOf<History>(local).effects;
export const polls = (local: Local): Pick<History, 'skipped' | 'repeated'> => {
  const { skipped, repeated } = contextOf<History>(local);
  return { skipped, repeated };
};
export const sawUndecided = (local: Local): string | null => contextOf<History>(local).sawUndecided;

/** The finite state within `owning`; null if the consumer does not think that it owns anything. */
export const owning = ({ value }: Local): string | null =>
  typeof value === 'object' && value !== null && 'owning' in value ? String(value.owning) : null;

/** Where the consumer stands, once it may fetch. */
export type Standing = { leaderEpoch: number; position: Position } | null;
export const standing = (local: Local): Standing => {
  const { leaderEpoch, position } = contextOf<Consumer>(local);
  return owning(local) === 'fetching' && position ? { leaderEpoch, position } : null;
};

/** The top state of a consumer, and what it has in hand. */
export type Life = { state: string; owns: string | null; batch: number; generation: number };
export const life = (local: Local): Life => {
  const { batch, generation } = contextOf<Consumer>(local);
  const owns = owning(local);
  const state = owns === null ? String(local.value) : 'owning';
  return { state, owns, batch: batch.length, generation };
};

export const replica = (local: Local): string => contextOf<Consumer>(local).replica;
