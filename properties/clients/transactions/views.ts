/** What the claims about transactions read of each component. */
import type {
  Entry,
  Group,
  Ledger,
  Partition,
  TransactionsOptions,
} from '../../../models/clients/transactions/index.ts';
import { partitionsOf } from '../../../models/clients/transactions/index.ts';
import type { Claim, Local, View } from '../../../src/model/index.ts';

export const logOf = (local: Local): Entry[] => (local.context as Partition).log;

const ledgerOf = (local: Local): Ledger => local.context as Ledger;
export const asked = (local: Local): number[] => ledgerOf(local).asked;
export const told = (local: Local): number[] => ledgerOf(local).told;
export const barred = (local: Local): number[] => ledgerOf(local).barred;
export const isFlipped = (local: Local): boolean => ledgerOf(local).isFlipped;
/** The offset that the group serves. */
export const servedOffset = (local: Local): number => (local.context as Group).committed;
export const stateOf = (local: Local): string => String(local.value);

/** Partition -> its log. */
export type Logs = Record<string, Entry[]>;

/** The logs of all partitions. */
export const ofLogs = (options: TransactionsOptions): Claim['reads'] =>
  of(partitionsOf(options), logOf);

/** The same view of several components. */
export const of = (names: readonly string[], view: View): Claim['reads'] =>
  Object.fromEntries(names.map((name) => [name, view]));

/** Every record in the logs, with its partition. */
export const recordsIn = (
  options: TransactionsOptions,
  logs: Logs,
): (Entry & { partition: string })[] =>
  partitionsOf(options).flatMap((partition) =>
    logs[partition]!.map((entry) => ({ ...entry, partition })),
  );
