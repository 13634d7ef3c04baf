/** Ghost: what the query has said of losses. Only claims read it. */
import { setup } from 'xstate';
import { act, type Component } from '../../src/model/index.ts';
import type { messages as spark } from '../spark/streaming/index.ts';

export type Ledger = {
  /** Was the query stopped for data loss? */
  lossReported: boolean;
  [key: string]: unknown;
};

const machine = setup({
  types: {} as { context: Ledger; events: spark.QueryFailed },
  guards: { isLoss: ({ event }) => event.because === 'dataLoss' },
  actions: { noteReport: act<Ledger, spark.QueryFailed>(() => ({ set: { lossReported: true } })) },
}).createMachine({
  id: 'pipelineLedger',
  context: { lossReported: false },
  initial: 'listening',
  states: { listening: { on: { QUERY_FAILED: { guard: 'isLoss', actions: 'noteReport' } } } },
});

export const ledger: Component = { machine, ghost: true };
