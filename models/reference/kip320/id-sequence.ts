/**
 * A counter that hands out 0, 1, 2, ... up to a bound (TLA+ module IdSequence): here the ids of
 * records, `nextRecordId`. The other sequence of the specification, the leader epochs, needs no
 * component: the next epoch is the number of requests that the controller has sent (see quorum.ts).
 */
import { setup } from 'xstate';
import { act, type Component, type Local, type Message } from '../../../src/model/index.ts';

/** The component's name in the system. */
export const RECORD_IDS = 'recordIds';

interface Sequence {
  /** The id that is handed out next. */
  nextId: number;
  /** How many there are: the ids are 0 to `count - 1`. */
  count: number;
  [key: string]: unknown;
}

/** Sent by who has taken the next id. */
export interface TakeId extends Message {
  type: 'TAKE_ID';
}

const machine = setup({
  types: {} as { context: Sequence; events: TakeId; input: { count: number } },
  actions: {
    advance: act<Sequence, TakeId>(({ nextId }) => ({ set: { nextId: nextId + 1 } })),
  },
}).createMachine({
  id: 'idSequence',
  context: ({ input }) => ({ nextId: 0, count: input.count }),
  initial: 'counting',
  states: { counting: { on: { TAKE_ID: { actions: 'advance' } } } },
});

/** The sequence of record ids; its view `next` is the next id, or null when all are used. */
export function recordIds(count: number): Component {
  const next = ({ context }: Local): number | null => {
    const { nextId } = context as Sequence;
    return nextId < count ? nextId : null;
  };
  return { machine, input: { count }, views: { next } };
}
