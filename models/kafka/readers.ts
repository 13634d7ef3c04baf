/**
 * What a leader tells clients that read: where its log ends, and the records below. Of use where a
 * system has readers that act on what they read (models/pipeline); everywhere else the ledger stands
 * for them.
 *
 * Sources: core/.../kafka/cluster/Partition.scala (fetchOffsetForTimestamp, fetchRecords),
 * storage/.../log/UnifiedLog.java (read); KIP-207.
 */
import { type Effects, leads, type Settings } from './high-watermark.ts';
import { endOffset } from './log.ts';
import type { ClientFetch, ClientRecords, ListOffsets, LogEnd, OfReader } from './messages.ts';
import type { Replica } from './replica.ts';

/** The end that the leader tells clients; null: OFFSET_NOT_AVAILABLE, they ask again (KIP-207). */
function toldEnd({ rules }: Settings, replica: Replica): number | null {
  return rules.tellsHighWatermark(replica, leads(replica).leadership)
    ? replica.highWatermark
    : null;
}

/** Answers, or keeps silent: then the client asks again. */
export function answerReader(settings: Settings, replica: Replica, asked: OfReader): Effects {
  const answer =
    asked.type === 'LIST_OFFSETS'
      ? listOffsets(settings, replica, asked)
      : serve(settings, replica, asked);
  return answer ? { send: [answer] } : {};
}

/** Where the log ends for clients: the high watermark, once it is known to be current. */
function listOffsets(settings: Settings, replica: Replica, asked: ListOffsets): LogEnd | null {
  const { from: to, reader, how } = asked;
  const end = toldEnd(settings, replica);
  return end === null ? null : { type: 'LOG_END', to, reader, how, end };
}

/**
 * The records of a range, as far as the high watermark. What lies beyond it is waited for, or out of
 * range: past the log's end at once, below it as soon as the leader says where its log ends.
 */
function serve(settings: Settings, replica: Replica, asked: ClientFetch): ClientRecords | null {
  const { from: to, reader, start, end } = asked;
  const { log, highWatermark } = replica;
  const outOfRange = highWatermark < end;
  const isWithinLog = start <= endOffset(log);
  if (outOfRange && isWithinLog && toldEnd(settings, replica) === null) return null;
  const values = log.entries.slice(start, Math.min(end, highWatermark)).map(({ value }) => value);
  return { type: 'CLIENT_RECORDS', to, reader, values, outOfRange };
}

/** What a leader does for clients that read, in the words of its machine. */
export const toReaders = ({ servesReaders }: Settings) =>
  servesReaders
    ? ({
        LIST_OFFSETS: { actions: 'answerReader' },
        CLIENT_FETCH: { actions: 'answerReader' },
      } as const)
    : {};
