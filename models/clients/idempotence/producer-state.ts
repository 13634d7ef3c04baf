/**
 * What a broker remembers of a producer, and what it makes of a batch by that.
 *
 * It is a function of the log: whoever holds the same log remembers the same, so that a new leader
 * knows what the old one had written. Only time takes something away (producer.id.expiration.ms).
 *
 * Sources: storage/.../internals/log/ProducerStateManager.java, ProducerStateEntry.java
 * (NUM_BATCHES_TO_RETAIN, findDuplicateBatch), ProducerAppendInfo.java (checkProducerEpoch,
 * checkSequence); UnifiedLog.analyzeAndValidateProducerState.
 */
import { NONE, type ProduceError, type Stored } from './messages.ts';
import type { Rules } from './rules.ts';

/** The producer's epoch and its last batches, oldest first. */
export type ProducerState = {
  epoch: number;
  batches: { seq: number; offset: number }[];
};

/** `state` after `batch` was appended at `offset`; a new epoch forgets the batches of the old one. */
export function remember(
  state: ProducerState | null,
  { epoch, seq }: Stored,
  offset: number,
  window: number,
): ProducerState | null {
  if (epoch === NONE) return state;
  const before = state?.epoch === epoch ? state.batches : [];
  return { epoch, batches: [...before, { seq, offset }].slice(-window) };
}

/** What the batches of `log` from offset `from` on come to. */
export function rebuild(
  log: readonly Stored[],
  from: number,
  window: number,
): ProducerState | null {
  return log.reduce<ProducerState | null>(
    (state, batch, offset) => (offset < from ? state : remember(state, batch, offset, window)),
    null,
  );
}

export type Judgement = { duplicateAt: number } | { error: ProduceError } | 'append';

/**
 * A client's batch against the state. The duplicate test comes first and asks for the very batch. Of
 * a producer that is not known any sequence is taken: the records it began with may have been deleted
 * or expired.
 */
export function judge(state: ProducerState | null, batch: Stored, rules: Rules): Judgement {
  if (batch.epoch === NONE) return 'append';
  if (state === null) {
    const isWelcome = batch.seq === 0 || rules.takesAnySequenceOfUnknown;
    return isWelcome ? 'append' : { error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
  }
  const known = state.epoch === batch.epoch && state.batches.find(({ seq }) => seq === batch.seq);
  if (known && rules.findsDuplicates) return { duplicateAt: known.offset };
  if (batch.epoch < state.epoch && rules.checksEpoch) return { error: 'INVALID_PRODUCER_EPOCH' };
  const expected = batch.epoch === state.epoch ? state.batches.at(-1)!.seq + 1 : 0;
  if (batch.seq !== expected && rules.checksSequence) {
    return { error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
  }
  return 'append';
}
