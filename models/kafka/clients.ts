/**
 * The producer, and the ledger of what readers were shown.
 *
 * The producer sends each record once, unless it may retry (models/pipeline). A request that never
 * reached a leader is as good as not sent yet; what the order of several requests in flight does is
 * the idempotent producer's subject, not this model's.
 */
import { setup } from 'xstate';
import { act, type Component, type Stimulus } from '../../src/model/index.ts';
import type { Entry } from './log.ts';
import type * as m from './messages.ts';

/** What the client knows of a record. `unknown`: it may be in the log, now or later. */
export type Outcome = 'unsent' | 'pending' | 'acknowledged' | 'refused' | 'unknown';

export type Producer = {
  acks: m.Acks;
  /** By record. */
  outcomes: Outcome[];
  /** Which broker each pending record waits at; null if it does not wait. */
  at: (string | null)[];
  [key: string]: unknown;
};

type ProducerEvents =
  | { type: 'SEND' | 'RETRY'; value: number; broker: string }
  | m.Appended
  | m.NotLeader
  | m.ProduceResponse
  | m.Disconnected;

/** `outcomes` and `at` with one record's changed. */
function record(producer: Producer, value: number, outcome: Outcome, at: string | null = null) {
  return {
    set: {
      outcomes: producer.outcomes.with(value, outcome),
      at: producer.at.with(value, at),
    },
  };
}

const producerMachine = (retries: boolean) =>
  setup({
    types: {} as {
      context: Producer;
      events: ProducerEvents;
      input: { acks: m.Acks; records: number };
    },
    guards: {
      isUnsent: ({ context, event }) =>
        event.type === 'SEND' &&
        context.outcomes[event.value] === 'unsent' &&
        // Records are sent in order: which one is called what makes no difference.
        context.outcomes.indexOf('unsent') === event.value,
      // The answer is not there in time; it may come yet.
      isOpen: ({ context, event }) =>
        event.type === 'RETRY' &&
        ['pending', 'unknown'].includes(context.outcomes[event.value] ?? ''),
      awaitsNothing: ({ context }) => context.acks === 0,
    },
    actions: {
      // acks=0: sent is as good as acknowledged.
      send: act<Producer, { type: 'SEND'; value: number; broker: string }>((producer, event) => ({
        ...(producer.acks === 0 && record(producer, event.value, 'acknowledged')),
        send: [{ type: 'PRODUCE', to: event.broker, value: event.value } as m.Produce],
      })),
      sendAgain: act<Producer, { type: 'RETRY'; value: number; broker: string }>((_, event) => ({
        send: [{ type: 'PRODUCE', to: event.broker, value: event.value } as m.Produce],
      })),
      // The client turned to a broker that does not lead; it finds the leader and sends again.
      takeBack: act<Producer, m.NotLeader>((producer, { value }) =>
        record(producer, value, 'unsent'),
      ),
      noteAppended: act<Producer, m.Appended>((producer, { value, at }) =>
        producer.acks === 0
          ? record(producer, value, 'acknowledged')
          : record(producer, value, 'pending', at),
      ),
      // An answer ends the record; what comes later is to a request that nobody waits for.
      conclude: act<Producer, m.ProduceResponse>((producer, { value, outcome }) =>
        producer.outcomes[value] === 'acknowledged' ? {} : record(producer, value, outcome),
      ),
      giveUp: act<Producer, m.Disconnected>((producer, { from }) => ({
        set: {
          outcomes: producer.outcomes.map((known, value) =>
            producer.at[value] === from ? 'unknown' : known,
          ),
          at: producer.at.map((broker) => (broker === from ? null : broker)),
        },
      })),
    },
  }).createMachine({
    id: 'producer',
    context: ({ input }) => ({
      acks: input.acks,
      outcomes: Array<Outcome>(input.records).fill('unsent'),
      at: Array<null>(input.records).fill(null),
    }),
    initial: 'producing',
    states: {
      producing: {
        on: {
          SEND: { guard: 'isUnsent', actions: 'send' },
          ...(retries && { RETRY: { guard: 'isOpen', actions: 'sendAgain' } as const }),
          APPENDED: { actions: 'noteAppended' },
          NOT_LEADER: { guard: 'awaitsNothing', actions: 'takeBack' },
          PRODUCE_RESPONSE: { actions: 'conclude' },
          DISCONNECTED: { actions: 'giveUp' },
        },
      },
    },
  });

export const producer = (acks: m.Acks, records: number, retries: boolean): Component => ({
  machine: producerMachine(retries),
  input: { acks, records },
});

/** What a producer may send; `retries`: also once more what it knows no outcome of, at a price. */
export function producerStimuli(
  brokers: readonly string[],
  records: number,
  retries: boolean,
): Stimulus[] {
  const of = (event: ProducerEvents): Stimulus => ({ to: 'producer', event, class: 'client' });
  return Array.from({ length: records }, (_, value) => value).flatMap((value) =>
    brokers.flatMap((broker) => [
      of({ type: 'SEND', value, broker }),
      ...(retries ? [{ ...of({ type: 'RETRY', value, broker }), cost: { retry: 1 } }] : []),
    ]),
  );
}

/** Ghost: what some reader may have read. No protocol component depends on it. */
export type Ledger = {
  /** The longest log below a high watermark that any leader ever showed. */
  exposed: Entry[];
  /** The first offset at which two leaders showed different records; null if none did. */
  contradictedAt: number | null;
  /** By record: from how many disks a fault took it. */
  losses: Record<string, number>;
  [key: string]: unknown;
};

const ledgerMachine = setup({
  types: {} as { context: Ledger; events: m.Exposed | m.RecordsLost },
  actions: {
    countLoss: act<Ledger, m.RecordsLost>(({ losses }, { values }) => {
      const counted = { ...losses };
      for (const value of values) counted[value] = (counted[value] ?? 0) + 1;
      return { set: { losses: counted } };
    }),
    note: act<Ledger, m.Exposed>((ledger, { entries }) => {
      const differs = entries.findIndex((entry, offset) => {
        const known = ledger.exposed[offset];
        return known !== undefined && (known.epoch !== entry.epoch || known.value !== entry.value);
      });
      if (differs >= 0) return { set: { contradictedAt: ledger.contradictedAt ?? differs } };
      return entries.length > ledger.exposed.length ? { set: { exposed: entries } } : {};
    }),
  },
}).createMachine({
  id: 'ledger',
  context: { exposed: [], contradictedAt: null, losses: {} },
  initial: 'listening',
  states: {
    listening: { on: { EXPOSED: { actions: 'note' }, RECORDS_LOST: { actions: 'countLoss' } } },
  },
});

export const ledger: Component = { machine: ledgerMachine, ghost: true };
