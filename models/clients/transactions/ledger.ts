/**
 * What the application asked for and was told: a ghost. Claims read it, nobody else does.
 */
import { setup } from 'xstate';
import { act, type Component } from '../../../src/model/index.ts';
import type { Decided, Heard, Initialised, Result } from './messages.ts';
import { type TransactionsOptions, transactionsOf } from './options.ts';

export type Ledger = {
  /** Transactions that the application asked to commit. */
  asked: number[];
  /** Transactions of which it was told that they are committed. */
  told: number[];
  /** The process that was the last to initialise the transactional.id: the others are fenced. */
  holder: string | null;
  /** Transactions of a process that was fenced before it had asked to commit them. */
  barred: number[];
  /** By coordinator: the decision that was logged and is not completed. */
  standing: Record<string, Result>;
  /** Was a standing decision taken back? */
  isFlipped: boolean;
  [key: string]: unknown;
};

const added = (list: readonly number[], more: readonly number[]): number[] =>
  [...new Set([...list, ...more])].sort((a, b) => a - b);

/** Transactions of one process. */
function transactionsBy(options: TransactionsOptions, producer: string): number[] {
  const { first, count } = transactionsOf(options, producer);
  return Array.from({ length: count }, (_, at) => first + at);
}

const machine = (options: TransactionsOptions) =>
  setup({
    types: {} as { context: Ledger; events: Heard | Initialised | Decided },
    actions: {
      ask: act<Ledger, Heard>(({ asked }, { txn }) => ({ set: { asked: added(asked, [txn]) } })),
      tell: act<Ledger, Heard>(({ told }, { txn }) => ({ set: { told: added(told, [txn]) } })),
      bar: act<Ledger, Initialised>(({ asked, holder, barred }, { producer }) => {
        const fenced = holder === null || holder === producer ? [] : [holder];
        const theirs = fenced.flatMap((name) => transactionsBy(options, name));
        const unasked = theirs.filter((txn) => !asked.includes(txn));
        return { set: { holder: producer, barred: added(barred, unasked) } };
      }),
      decide: act<Ledger, Decided>(({ standing, isFlipped }, { coordinator, result }) => ({
        set: {
          standing: { ...standing, [coordinator]: result },
          isFlipped: isFlipped || (standing[coordinator] ?? result) !== result,
        },
      })),
      complete: act<Ledger, Decided>(({ standing }, { coordinator }) => {
        const { [coordinator]: _, ...others } = standing;
        return { set: { standing: others } };
      }),
    },
  }).createMachine({
    id: 'transactionsLedger',
    context: { asked: [], told: [], holder: null, barred: [], standing: {}, isFlipped: false },
    initial: 'open',
    states: {
      open: {
        on: {
          COMMIT_ASKED: { actions: 'ask' },
          COMMITTED: { actions: 'tell' },
          INITIALISED: { actions: 'bar' },
          DECIDED: { actions: 'decide' },
          COMPLETED: { actions: 'complete' },
        },
      },
    },
  });

export const ledger = (options: TransactionsOptions): Component => ({
  machine: machine(options),
  ghost: true,
});
