/**
 * The query's Kafka client, between Spark's messages and Kafka's: it stands where the streaming model
 * alone has an abstract topic.
 *
 * The driver asks a broker for the end of the log, a task fetches a range; each is one request to one
 * broker and its answer. A broker that is down or does not lead answers nothing, and the client asks
 * again, the same one or another: whom it takes for the leader is a choice of the stimulus (`at`), as
 * its metadata may be of any age. So it holds nothing between two requests.
 *
 * A range that is no longer there comes back as OFFSET_OUT_OF_RANGE; what the query makes of it,
 * failOnDataLoss says. Left out: a range read in pieces from several leaders; leader epochs in fetches
 * (KafkaDataConsumer seeks by offset alone, KAFKA-20507); reading from followers (KIP-392).
 *
 * Sources: KafkaOffsetReaderAdmin.scala (latest offsets, of the isolation level), KafkaDataConsumer.scala
 * (fetchData: an empty poll asks for the range that is there).
 */
import { setup } from 'xstate';
import { act, type Component, type Effect } from '../../src/model/index.ts';
import type { messages as kafka } from '../kafka/index.ts';
import {
  isVisible,
  type StreamingOptions,
  type messages as spark,
  toldEnds,
} from '../spark/streaming/index.ts';

/** A client remembers nothing. */
type Client = Record<string, never>;
type Answer = spark.AskLatest['answer'];
type Events = spark.AskLatest | spark.Read | kafka.LogEnd | kafka.ClientRecords;

function clientMachine(options: StreamingOptions) {
  const records = (to: string, values: number[], lossKnown: boolean): spark.Records => ({
    type: 'RECORDS',
    to,
    // failOnDataLoss=false reads what there is.
    records: lossKnown && options.failOnDataLoss ? [] : values,
    lossKnown,
  });

  return setup({
    types: {} as { context: Client; events: Events },
    actions: {
      askForEnd: act<Client, spark.AskLatest>((_, { from, at, answer }): Effect<Client> => {
        // Trigger.Once notes the end at its start for a claim of the streaming model alone.
        if (at === undefined) return {};
        const ask: kafka.ListOffsets = {
          type: 'LIST_OFFSETS',
          to: at,
          from: 'source',
          reader: from,
          how: answer,
        };
        return { send: [ask] };
      }),
      tellEnd: act<Client, kafka.LogEnd>((_, { reader, how, end }): Effect<Client> => {
        const told: spark.LatestOffsets = {
          type: 'LATEST_OFFSETS',
          to: reader,
          earliest: [0],
          end: toldEnds([end], how as Answer),
        };
        return { send: [told] };
      }),
      fetch: act<Client, spark.Read>((_, { from, at, slices }): Effect<Client> => {
        const [slice] = slices;
        if (!slice || slice.end <= slice.start) return { send: [records(from, [], false)] };
        const { start, end } = slice;
        const fetch: kafka.ClientFetch = {
          type: 'CLIENT_FETCH',
          to: at!,
          from: 'source',
          reader: from,
          start,
          end,
        };
        return { send: [fetch] };
      }),
      handOver: act<Client, kafka.ClientRecords>((_, { reader, values, outOfRange }) => ({
        send: [
          records(
            reader,
            values.filter((record) => isVisible(options, record)),
            outOfRange,
          ),
        ],
      })),
    },
  }).createMachine({
    id: 'kafkaClient',
    context: {},
    initial: 'ready',
    states: {
      ready: {
        on: {
          ASK_LATEST: { actions: 'askForEnd' },
          LOG_END: { actions: 'tellEnd' },
          READ: { actions: 'fetch' },
          CLIENT_RECORDS: { actions: 'handOver' },
        },
      },
    },
  });
}

export const source = (options: StreamingOptions): Component => ({
  machine: clientMachine(options),
});
