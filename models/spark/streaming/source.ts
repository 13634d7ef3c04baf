/**
 * The Kafka topic that the query reads, as the Spark consumer sees it: one log per partition, with
 * retention, truncation (an unclean election, a topic recreated) and regrowth, and records of aborted
 * transactions.
 *
 * Replication is the Kafka model's subject. Left out: compaction, transactions in flight (the end
 * that readers are told is past no open transaction), several topics.
 *
 * Sources: KafkaOffsetReaderAdmin.scala, KafkaDataConsumer.scala.
 */
import { setup } from 'xstate';
import { act, type Component, type Effect, type Stimulus } from '../../../src/model/index.ts';
import type * as m from './messages.ts';
import { NO_PARTITION } from './messages.ts';
import type { StreamingOptions } from './options.ts';

export type Source = {
  /** By partition, by offset: which record is there. */
  logs: number[][];
  /** By partition: records below are deleted by retention. */
  logStart: number[];
  /** By partition: how many records were produced so far. */
  produced: number[];
  /** By partition: the last time the log was cut, to which offset and from which; the epochs tell. */
  cuts: ({ to: number; from: number } | null)[];
  [key: string]: unknown;
};

type Events = { type: 'PRODUCE' | 'RETAIN' | 'TRUNCATE'; partition: number } | m.AskLatest | m.Read;
type OnPartition = Extract<Events, { partition: number }>;

/** Which record is the `nth` produced to `partition`. */
export const recordOf = (
  { bounds }: Pick<StreamingOptions, 'bounds'>,
  partition: number,
  nth: number,
): number => partition * bounds.records + nth;

const endOf = (source: Source): m.Offsets => source.logs.map((log) => log.length);

/** What is made of the ends on their way: KAFKA-7703, that of a moment ago; a metadata race, none. */
export const toldEnds = (end: m.Offsets, answer: m.AskLatest['answer']): m.Offsets =>
  ({
    right: end,
    stale: end.map((offset) => Math.max(0, offset - 1)),
    empty: end.map(() => NO_PARTITION),
  })[answer];

/** May readers see the record, as their isolation level has it? */
export const isVisible = (
  { isolation, aborted }: Pick<StreamingOptions, 'isolation' | 'aborted'>,
  record: number,
): boolean => isolation === 'read_uncommitted' || !aborted.includes(record);

function sourceMachine(options: StreamingOptions) {
  const { bounds, rules, failOnDataLoss } = options;

  /** The records of one slice, and whether the reader knows that some are lost. */
  function readSlice(source: Source, { partition, start, end }: m.Slice) {
    const log = source.logs[partition]!;
    const from = Math.max(start, source.logStart[partition]!);
    const present = log.slice(from, end);
    const visible = present.filter((record) => isVisible(options, record));
    // A position between the two ends of a cut was reached by reading what is gone.
    const gone = source.cuts[partition];
    const cut = rules.noticesTruncation && gone != null && start > gone.to && start <= gone.from;
    // Below the log's start, or past its end: the broker answers OFFSET_OUT_OF_RANGE.
    const outOfRange = end > start && (start < from || end > log.length);
    const alarmed = rules.holes === 'loss' && visible.length < present.length;
    return { visible, lossKnown: outOfRange || cut || alarmed };
  }

  return setup({
    types: {} as { context: Source; events: Events; input: { source: Source } },
    guards: {
      hasMore: ({ context, event }) =>
        context.produced[(event as OnPartition).partition]! < bounds.records,
      hasOldest: ({ context, event }) => {
        const { partition } = event as OnPartition;
        return context.logStart[partition]! < context.logs[partition]!.length;
      },
    },
    actions: {
      append: act<Source, OnPartition>((source, { partition }) => {
        const nth = source.produced[partition]!;
        const grown = [...source.logs[partition]!, recordOf(options, partition, nth)];
        return {
          set: {
            logs: source.logs.with(partition, grown),
            produced: source.produced.with(partition, nth + 1),
          },
        };
      }),
      deleteOldest: act<Source, OnPartition>(({ logStart }, { partition }) => ({
        set: { logStart: logStart.with(partition, logStart[partition]! + 1) },
      })),
      cut: act<Source, OnPartition>(({ logs, cuts }, { partition }) => {
        const log = logs[partition]!;
        const from = Math.max(log.length, cuts[partition]?.from ?? 0);
        return {
          set: {
            logs: logs.with(partition, log.slice(0, -1)),
            cuts: cuts.with(partition, { to: log.length - 1, from }),
          },
        };
      }),
      tellLatest: act<Source, m.AskLatest>((source, { from, answer }): Effect<Source> => {
        const end = toldEnds(endOf(source), answer);
        const reply: m.LatestOffsets = {
          type: 'LATEST_OFFSETS',
          to: from,
          earliest: source.logStart,
          end,
        };
        return { send: [reply] };
      }),
      serve: act<Source, m.Read>((source, { from, slices }): Effect<Source> => {
        const parts = slices.map((slice) => readSlice(source, slice));
        const lossKnown = parts.some((part) => part.lossKnown);
        const reply: m.Records = {
          type: 'RECORDS',
          to: from,
          // failOnDataLoss=false reads what there is.
          records: lossKnown && failOnDataLoss ? [] : parts.flatMap((part) => part.visible),
          lossKnown,
        };
        return { send: [reply] };
      }),
    },
  }).createMachine({
    id: 'streamingSource',
    context: ({ input }) => input.source,
    initial: 'serving',
    states: {
      serving: {
        on: {
          PRODUCE: { guard: 'hasMore', actions: 'append' },
          ASK_LATEST: { actions: 'tellLatest' },
          READ: { actions: 'serve' },
          RETAIN: { guard: 'hasOldest', actions: 'deleteOldest' },
          TRUNCATE: { guard: 'hasOldest', actions: 'cut' },
        },
      },
    },
  });
}

export function source(options: StreamingOptions): Component {
  const { partitions, inherits, bounds } = options;
  const none = Array<number>(partitions).fill(0);
  // What a continuous query left behind it has read at least.
  const already = inherits === 'epochsInFlight' ? 2 : 0;
  const start: Source = {
    logs: none.map((_, partition) =>
      Array.from({ length: already }, (_, nth) => recordOf({ bounds }, partition, nth)),
    ),
    logStart: none,
    produced: none.map(() => already),
    cuts: none.map(() => null),
  };
  return { machine: sourceMachine(options), input: { source: start } };
}

export function sourceStimuli(partitions: number): Stimulus[] {
  const of = (event: Events, cost?: Record<string, number>): Stimulus => ({
    to: 'source',
    event,
    class: cost ? 'fault' : 'client',
    ...(cost && { cost }),
  });
  return Array.from({ length: partitions }, (_, partition) => [
    of({ type: 'PRODUCE', partition }),
    of({ type: 'RETAIN', partition }, { retentionPassed: 1 }),
    of({ type: 'TRUNCATE', partition }, { sourceTruncated: 1 }),
  ]).flat();
}
