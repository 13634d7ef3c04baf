/**
 * The client's bookkeeping of one partition: which batches are out, in which order they go again, what
 * their epochs and sequences are.
 *
 * Sources: clients/.../producer/internals/TransactionManager.java, TxnPartitionEntry.java,
 * RecordAccumulator.java (symbols named at each function).
 */
import { NONE, type Stored } from './messages.ts';
import type { Rules } from './rules.ts';

/** A record on its way. */
export type Batch = Stored & {
  /** Attempts that failed; 0 before the first did. Counted as far as `retries` needs it. */
  failures: number;
  /** Renumbered since it was sent last (ProducerBatch.sequenceHasBeenReset). */
  renumbered: boolean;
  /** May an attempt of it have been written, as far as the client can tell? */
  doubtful: boolean;
};

/** A request that was sent and has no answer yet. */
export type Flight = {
  batch: Batch;
  to: string;
  /** The application was told already: the batch ran out of time. */
  over: boolean;
};

/** `acknowledged`; `failed`: certainly not written; `unknown`: it may be in the log, now or later. */
export type Outcome = 'unsent' | 'pending' | 'acknowledged' | 'failed' | 'unknown';

export type Producer = {
  /** The leader, as far as the client has heard. */
  leader: string;
  /** Producer epoch; `NONE` without idempotence, as are all sequences then. */
  epoch: number;
  nextSeq: number;
  /** The highest sequence acknowledged in this epoch; -1: none. */
  lastAcked: number;
  /** A batch ran out of time: the sequence after the last such one; null if there is none. */
  unresolved: number | null;
  /** The epoch has to be raised before anything else is sent. */
  epochBumpRequired: boolean;
  /** Batches to be sent again, in that order. New records are not queued: they are not there yet. */
  queue: Batch[];
  flights: Flight[];
  /** Records up to this one have waited longer than delivery.timeout.ms. */
  overdue: number;
  /** By record: what the application knows. */
  outcomes: Outcome[];
  /** By record: the offset the application was told; null if none. */
  offsets: (number | null)[];
  [key: string]: unknown;
};

/** Sent or to be sent again, and not given up, in sequence order (inflightBatchesBySequence). */
export const inFlightBatches = ({ flights, queue }: Producer): Batch[] =>
  [...flights.filter(({ over }) => !over).map(({ batch }) => batch), ...queue].sort(
    (a, b) => a.epoch - b.epoch || a.seq - b.seq,
  );

/**
 * Puts a batch back into the queue. With idempotence in sequence order
 * (RecordAccumulator.insertInSequenceOrder); without it at the front, so that of two batches which
 * fail together the later one goes first (RecordAccumulator.reenqueue).
 */
export function reenqueue(me: Producer, batch: Batch, rules: Rules): Producer {
  const first = me.queue.findIndex(({ seq }) => seq >= batch.seq);
  const inOrder = batch.epoch !== NONE && rules.retriesInSequence;
  const place = inOrder ? (first < 0 ? me.queue.length : first) : 0;
  return { ...me, queue: me.queue.toSpliced(place, 0, batch) };
}

/** Is it the next sequence to be acknowledged? (TransactionManager.isNextSequence) */
export const isNextSequence = ({ lastAcked }: Producer, seq: number): boolean =>
  seq - lastAcked === 1;

/** A batch ran out of time with an attempt behind it (TransactionManager.markSequenceUnresolved). */
export const markUnresolved = (me: Producer, { seq }: Batch): Producer => ({
  ...me,
  unresolved: Math.max(me.unresolved ?? 0, seq + 1),
});

/**
 * What the Sender does before it sends: it looks whether batches that ran out of time leave a gap, and
 * raises the epoch if it must (TransactionManager.maybeResolveSequences,
 * bumpIdempotentEpochAndResetIdIfNeeded).
 */
export function settle(me: Producer, { renumbersDoubtfulBatches }: Rules): Producer {
  const resolved = me.unresolved !== null && inFlightBatches(me).length === 0;
  const isGap = resolved && !isNextSequence(me, me.nextSeq);
  const now = resolved ? { ...me, unresolved: null } : me;
  if (!isGap && !me.epochBumpRequired) return now;
  const isDoubtful = me.queue.some(({ doubtful }) => doubtful) || me.flights.length > 0;
  return isDoubtful && !renumbersDoubtfulBatches ? now : bumpEpoch(now);
}

/**
 * A new epoch, in which the batches in flight are numbered from 0: also those that were sent before and
 * may be in the log (TransactionManager.bumpIdempotentProducerEpoch,
 * TxnPartitionEntry.startSequencesAtBeginning).
 */
function bumpEpoch(me: Producer): Producer {
  const epoch = me.epoch + 1;
  const order = inFlightBatches(me).map(({ record }) => record);
  const renumber = (batch: Batch): Batch => ({
    ...batch,
    epoch,
    seq: order.indexOf(batch.record),
    renumbered: true,
  });
  return {
    ...me,
    epoch,
    nextSeq: order.length,
    lastAcked: -1,
    unresolved: null,
    epochBumpRequired: false,
    queue: me.queue.map(renumber),
    flights: me.flights.map((flight) =>
      flight.over ? flight : { ...flight, batch: renumber(flight.batch) },
    ),
  };
}
