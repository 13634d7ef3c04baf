/**
 * Ghost: what was executed under which batch id, and what was reported. Only claims read it.
 *
 * It keeps the first of each kind and whether a later one differed, not the whole history.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../../src/model/index.ts';
import type * as m from './messages.ts';

/** `query:batch`, or `query:batch:task`. */
type Id = string;

export type Ledger = {
  /** The first range and watermark that was executed under each id. */
  ranges: Record<Id, string>;
  /** The id of which a later execution had another range or watermark. */
  otherRange: Id | null;
  /** The first rows that each task of each batch produced. */
  rows: Record<Id, string>;
  /** The id of which a later attempt produced other rows. */
  otherRows: Id | null;
  /** Who was told that its log entry was accepted, by log and id. */
  accepted: Record<Id, string>;
  /** The entry that two drivers were told is theirs. */
  acceptedTwice: Id | null;
  /** Was the query stopped for data loss? */
  lossReported: boolean;
  [key: string]: unknown;
};

type Events = m.Executing | m.Produced | m.Accepted | m.QueryFailed;

/** `map` with `value` at `id` if there was none, and whether there was another. */
function first(map: Record<Id, string>, id: Id, value: string): [Record<Id, string>, boolean] {
  const known = map[id];
  return known === undefined ? [{ ...map, [id]: value }, false] : [map, known !== value];
}

const machine = setup({
  types: {} as { context: Ledger; events: Events },
  actions: {
    noteRange: act<Ledger, m.Executing>((ledger, event): Effect<Ledger> => {
      const id = `${event.query}:${event.batch}`;
      const what = `${event.start}-${event.end}@${event.watermark}`;
      const [ranges, differs] = first(ledger.ranges, id, what);
      return { set: { ranges, ...(differs && { otherRange: id }) } };
    }),
    noteRows: act<Ledger, m.Produced>((ledger, event): Effect<Ledger> => {
      const id = `${event.query}:${event.batch}:${event.task}`;
      const [rows, differs] = first(ledger.rows, id, event.rows.join());
      return { set: { rows, ...(differs && { otherRows: id }) } };
    }),
    noteAccepted: act<Ledger, m.Accepted>((ledger, event): Effect<Ledger> => {
      const id = `${event.log}:${event.query}:${event.batch}`;
      const [accepted, differs] = first(ledger.accepted, id, event.by);
      return { set: { accepted, ...(differs && { acceptedTwice: id }) } };
    }),
    noteFailure: act<Ledger, m.QueryFailed>((_, { because }) => ({
      set: because === 'dataLoss' ? { lossReported: true } : {},
    })),
  },
}).createMachine({
  id: 'streamingLedger',
  context: {
    ranges: {},
    otherRange: null,
    rows: {},
    otherRows: null,
    accepted: {},
    acceptedTwice: null,
    lossReported: false,
  },
  initial: 'listening',
  states: {
    listening: {
      on: {
        EXECUTING: { actions: 'noteRange' },
        PRODUCED_ROWS: { actions: 'noteRows' },
        ACCEPTED: { actions: 'noteAccepted' },
        QUERY_FAILED: { actions: 'noteFailure' },
      },
    },
  },
});

export const ledger: Component = { machine, ghost: true };
