/**
 * Producer -> replicated partition -> query -> sink: the machines of `models/kafka` and of
 * `models/spark/streaming`, with a Kafka client between them (source.ts).
 */
import { defineSystem, type Stimulus, type System } from '../../src/model/index.ts';
import { kafka } from '../kafka/index.ts';
import { streaming } from '../spark/streaming/index.ts';
import { ledger } from './ledger.ts';
import {
  type PipelineSetting,
  pipelineOptions,
  type Stream,
  streamOptions,
  topicOptions,
} from './options.ts';
import { source } from './source.ts';

/** The system that `given` describes. */
export function pipeline(given: PipelineSetting = {}): System {
  const all = pipelineOptions(given);
  const topic = kafka(topicOptions(all));
  const query = streaming(streamOptions(all));
  const brokers = Array.from({ length: all.topic.replicas }, (_, i) => `b${i + 1}`);
  return defineSystem({
    name: 'pipeline',
    components: {
      ...topic.components,
      ...query.components,
      // The same names, so that whoever speaks to them need not know of the other half.
      source: source(streamOptions(all)),
      ledger,
    },
    stimuli: [
      ...topic.stimuli,
      // What befalls the abstract topic is the replicas' to bring about.
      ...query.stimuli
        .filter(({ to }) => to !== 'source')
        .flatMap((each) => asking(each, all.stream, brokers)),
    ],
    ...(topic.links && { links: topic.links }),
    ...(topic.gate && { gate: topic.gate }),
    budget: { ...query.budget, ...topic.budget },
    bounds: all.bounds,
  });
}

/** A stimulus that asks Kafka for something asks any one of the brokers. */
function asking(stimulus: Stimulus, { mode }: Stream, brokers: readonly string[]): Stimulus[] {
  const { type } = stimulus.event;
  // AvailableNow asks at its start where it is to end.
  const asks = ['FETCH_OFFSETS', 'EXECUTE', ...(mode === 'availableNow' ? ['START'] : [])];
  if (!asks.includes(type)) return [stimulus];
  return brokers.map((at) => ({ ...stimulus, event: { ...stimulus.event, at } }));
}
