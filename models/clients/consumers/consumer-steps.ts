/** What a consumer does in each step: its data, and the pure functions over it. */
import type { Effect, Message } from '../../../src/model/index.ts';
import { beginning, type Entry, type Position } from './log.ts';
import type * as m from './messages.ts';
import type { ConsumerOptions } from './options.ts';

/** A record that a poll returned. */
export type Polled = Pick<Entry, 'value' | 'epoch'> & { offset: number };

export type Consumer = {
  id: string;
  /** Of the group, or epoch of the member; 0: none. */
  generation: number;
  /** Where the next poll reads; null while that is not known. */
  position: Position | null;
  /** Newest leader epoch that it knows of. */
  leaderEpoch: number;
  /** Whom it reads from (KIP-392). */
  replica: m.Reader;
  /** Records returned by polls and not yet processed, in order. */
  batch: Polled[];
  /** Are the offsets of all of `batch` committed? Asked for `beforeProcessing`. */
  isConfirmed: boolean;
  /** Behind the last record processed, while that is not committed. */
  done: Position | null;
  /** Ghost, for `inTransaction`: the records whose results are in the open transaction. */
  results: number[];
  /** Are the offsets in the transaction, so that it can end? */
  isSent: boolean;
  [key: string]: unknown;
};

type Effects = Effect<Consumer>;

/** What goes with the partition when it is given up, and with the process when it ends. */
const nothing = {
  generation: 0,
  position: null,
  leaderEpoch: 0,
  replica: 'leader',
  batch: [],
  isConfirmed: false,
  done: null,
  results: [],
  isSent: false,
} satisfies Partial<Consumer>;

export const consumerAtStart = (id: string, generation: number): Consumer => ({
  ...nothing,
  id,
  generation,
});

export class Steps {
  private readonly options: ConsumerOptions;
  constructor(options: ConsumerOptions) {
    this.options = options;
  }

  // ---- finding a position ----

  /** From the committed offset; without one the reset policy decides. */
  initialize({ id }: Consumer, { position }: m.FetchedOffset): Effects {
    return { set: { position }, send: [repositioned(id)] };
  }

  listOffsets({ id }: Consumer, which: m.ListOffsets['which']): Effects {
    return { send: [{ type: 'LIST_OFFSETS', to: 'partition', from: id, which } as m.ListOffsets] };
  }

  /** The answer's epoch is not kept: "this will ensure we skip validation" (resetPositionIfNeeded). */
  reset({ offset, leaderEpoch }: m.ListedOffset): Effects {
    return { set: { position: { offset, epoch: null, after: null }, leaderEpoch } };
  }

  /** Does the answer say that the log is not the one that was read? */
  isTruncated({ position }: Consumer, { epoch, endOffset }: m.EpochEnd): boolean {
    const isUnknown = this.options.rules.comparesEpochs && epoch !== position!.epoch;
    return isUnknown || endOffset < position!.offset;
  }

  /** SubscriptionState.maybeCompleteValidation. */
  goBack({ id, position }: Consumer, { epoch, endOffset, leaderEpoch }: m.EpochEnd): Effects {
    const divergence: Position =
      endOffset < position!.offset ? { offset: endOffset, epoch, after: null } : beginning;
    return {
      set: { position: divergence, leaderEpoch },
      send: [repositioned(id)],
    };
  }

  // ---- polling and processing ----

  fetch({ id, position, leaderEpoch, replica }: Consumer): Effects {
    const { offset } = position!;
    return {
      send: [{ type: 'FETCH', to: 'partition', from: id, offset, leaderEpoch, replica } as m.Fetch],
    };
  }

  /** The position moves when a poll returns, not when the record is processed. */
  take({ id, batch }: Consumer, { offset, entry }: m.Records): Effects {
    const { value, epoch, fate } = entry;
    const { readCommitted, rules } = this.options;
    const isHidden = readCommitted && rules.endsAtStableOffset && fate === 'aborted';
    const decided = fate !== 'open' && (fate !== 'aborted' || isHidden);
    return {
      set: {
        position: { offset: offset + 1, epoch, after: value },
        ...(!isHidden && { batch: [...batch, { offset, value, epoch }], isConfirmed: false }),
      },
      send: [{ type: 'POLLED', to: 'history', from: id, offset, decided } as m.Polled],
    };
  }

  process({ batch, results }: Consumer): Effects {
    const [{ offset, value, epoch }, ...rest] = batch as [Polled, ...Polled[]];
    const { commits } = this.options;
    const done: Position = { offset: offset + 1, epoch, after: value };
    if (commits === 'inTransaction') {
      return { set: { batch: rest, done, results: [...results, value] } };
    }
    return {
      set: { batch: rest, ...(commits === 'afterProcessing' && { done }) },
      send: [{ type: 'PROCESSED', to: 'history', values: [value] } as m.Processed],
    };
  }

  // ---- committing ----

  /** What may be committed now; null if there is nothing. */
  due({ position, batch, done, isConfirmed, isSent }: Consumer): Position | null {
    const { commits, processing, rules } = this.options;
    if (commits === 'auto') {
      // All earlier polls are processed when the next one begins, unless others do it.
      const isDue = processing === 'handedOver' || batch.length === 0;
      return isDue || !rules.autoCommitsEarlierPolls ? position : null;
    }
    if (commits === 'beforeProcessing') return batch.length > 0 && !isConfirmed ? position : null;
    if (commits === 'inTransaction') return isSent ? null : done;
    return done && (rules.commitsProcessed ? done : position);
  }

  commit(me: Consumer): Effects {
    const { id, generation, results } = me;
    const position = this.named(this.due(me)!);
    const request = { to: 'group', from: id, generation, position };
    return {
      send: [
        this.options.commits === 'inTransaction'
          ? ({ ...request, type: 'TXN_OFFSET_COMMIT', results } as m.TxnCommit)
          : ({ ...request, type: 'OFFSET_COMMIT' } as m.Commit),
      ],
    };
  }

  /** An answer to an earlier commit says nothing of what was processed since. */
  noteCommitted({ position, done }: Consumer, committed: Position | null): Effects {
    const { commits } = this.options;
    if (committed === null) return { set: { done: null, results: [], isSent: false } };
    const offset = commits === 'beforeProcessing' ? position?.offset : done?.offset;
    if (offset !== committed.offset) return {};
    return { set: commits === 'beforeProcessing' ? { isConfirmed: true } : { done: null } };
  }

  /** An auto-commit always names the epoch (SubscriptionState.allConsumed). */
  private named(position: Position): Position {
    const { commits, commitsEpoch } = this.options;
    return commitsEpoch || commits === 'auto' ? position : { ...position, epoch: null };
  }

  /** On a rebalance and on close the client commits its position, whatever was processed. */
  private lastAutoCommit({ id, generation, position }: Consumer): Message[] {
    if (this.options.commits !== 'auto' || position === null) return [];
    return [{ type: 'OFFSET_COMMIT', to: 'group', from: id, generation, position } as m.Commit];
  }

  // ---- the group ----

  heartbeat({ id, generation }: Consumer): Effects {
    return { send: [{ type: 'HEARTBEAT', to: 'group', from: id, generation } as m.Heartbeat] };
  }

  join({ id }: Consumer): Effects {
    return {
      set: nothing,
      send: [...this.abortion(id), { type: 'JOIN_GROUP', to: 'group', from: id } as m.Join],
    };
  }

  /** Whoever begins anew, or gives the partition up, has no transaction open. */
  private abortion(from: string): Message[] {
    if (this.options.commits !== 'inTransaction') return [];
    return [{ type: 'ABORT_TXN', to: 'group', from } as m.AbortTxn];
  }

  /** Commits, gives the partition up, and joins again; with KIP-848 it says that it has given up. */
  giveUp(me: Consumer): Effects {
    const type = this.options.protocol === 'classic' ? 'JOIN_GROUP' : 'REVOKED';
    return {
      set: nothing,
      send: [
        ...this.lastAutoCommit(me),
        ...this.abortion(me.id),
        { type, to: 'group', from: me.id } as Message,
      ],
    };
  }

  /** close(): commits where the client does so by itself, and leaves. */
  close(me: Consumer): Effects {
    return {
      set: nothing,
      send: [
        ...this.lastAutoCommit(me),
        { type: 'LEAVE_GROUP', to: 'group', from: me.id } as m.Leave,
      ],
    };
  }

  /** The session ends; the coordinator takes it for a member that left. */
  vanish({ id }: Consumer): Effects {
    return { send: [{ type: 'LEAVE_GROUP', to: 'group', from: id } as m.Leave] };
  }

  lose(): Effects {
    return { set: nothing };
  }
}

function repositioned(from: string): m.Repositioned {
  return { type: 'REPOSITIONED', to: 'history', from };
}
