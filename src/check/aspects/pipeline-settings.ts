/** What a deployment says of its stream from producer to sink. */
import { type Deployment, isIdempotent, type TopicProducer } from '../../config/index.ts';
import type { Aspect, Subject } from './aspect.ts';
import { type QueryBase, queryOf } from './query-settings.ts';
import type { ReplicationBase } from './replication.ts';

export type PipelineBase = {
  readonly topic: ReplicationBase;
  readonly query: QueryBase;
  readonly producer: Pick<TopicProducer, 'wantsIdempotence' | 'maxInFlight' | 'retries'>;
};

/** The row that stands for topics that are not described. */
const ANY_TOPIC = '(broker defaults)';

/** The stream of a deployment, if it has one and its topic is known. */
export function streamsOf(
  deployment: Deployment,
  replication: Aspect,
  query: Aspect,
): Subject<PipelineBase>[] {
  const { stream, topics } = deployment;
  if (stream === undefined) return [];
  const { topic: name } = stream.source;
  const topic =
    topics.find((each) => each.name === name) ?? topics.find((each) => each.name === ANY_TOPIC);
  const replicated = replication.subjectsOf(deployment).find((each) => each.name === topic?.name);
  const [reads] = query.subjectsOf(deployment);
  if (!topic?.producer || !replicated || !reads) return [];
  const { wantsIdempotence, maxInFlight, retries, settings } = topic.producer;
  return [
    {
      name: `${name}, end to end`,
      summary: `${replicated.summary}; ${reads.summary}`,
      settings: [...replicated.settings, ...settings, ...reads.settings],
      base: {
        topic: replicated.base as ReplicationBase,
        query: queryOf(deployment, stream).base,
        producer: { wantsIdempotence, maxInFlight, retries },
      },
    },
  ];
}

/** What the producer does with a record that it has no answer for. */
export function retriesOf({ producer, topic }: PipelineBase): 'none' | 'plain' | 'idempotent' {
  if (producer.retries === 0) return 'none';
  return isIdempotent({ ...producer, acks: topic.acks }) ? 'idempotent' : 'plain';
}
