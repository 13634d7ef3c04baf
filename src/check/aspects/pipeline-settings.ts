/** What a deployment says of its stream from producer to sink. */
import { type Deployment, isIdempotent, type Setting } from '../../config/index.ts';
import type { Subject } from './aspect.ts';
import { type IdempotenceBase, idempotence } from './idempotence.ts';
import { losesByCrash } from './lossy.ts';
import { query } from './query.ts';
import { type QueryBase, queryOf } from './query-settings.ts';
import { type ReplicationBase, replication } from './replication.ts';
import { type TransactionsBase, transactions } from './transactions.ts';

export type PipelineBase = {
  readonly topic: ReplicationBase;
  readonly query: QueryBase;
  /** Its producer; null if that writes in transactions. */
  readonly writes: IdempotenceBase | null;
  /** The transactions that the topic is written in, one for each way of using them. */
  readonly transacts: readonly TransactionsBase[];
};

/** The row that stands for topics that are not described. */
const ANY_TOPIC = '(broker defaults)';

/** The stream of a deployment, if it has one and its topic is known. */
export function streamsOf(deployment: Deployment): Subject<PipelineBase>[] {
  const { stream, topics } = deployment;
  if (stream === undefined) return [];
  const { topic: name } = stream.source;
  const topic =
    topics.find((each) => each.name === name) ?? topics.find((each) => each.name === ANY_TOPIC);
  const own = (subject: Subject<unknown>): boolean => subject.name === topic?.name;
  const replicated = replication.subjectsOf(deployment).find(own);
  const [reads] = query.subjectsOf(deployment);
  if (!topic?.producer || !replicated || !reads) return [];
  const writes = idempotence.subjectsOf(deployment).find(own);
  const transacts = transactions
    .subjectsOf(deployment)
    .filter((each) => own(each) || each.name === `${topic.name}, transformed`);
  const { settings } = topic.producer;
  return [
    {
      name: `${name}, end to end`,
      summary: `${replicated.summary}; ${reads.summary}`,
      settings: eachOnce([
        ...replicated.settings,
        ...settings,
        ...reads.settings,
        ...transacts.flatMap((each) => each.settings),
      ]),
      base: {
        topic: replicated.base as ReplicationBase,
        query: queryOf(deployment, stream).base,
        writes: (writes?.base ?? null) as IdempotenceBase | null,
        transacts: transacts.map(({ base }) => base as TransactionsBase),
      },
    },
  ];
}

function eachOnce(settings: readonly Setting[]): Setting[] {
  const texts = settings.map((setting) => JSON.stringify(setting));
  return settings.filter((_, at) => texts.indexOf(texts[at]!) === at);
}

/** The producer as the topic's acks and replicas have it: a change of those is one of both. */
export const writesOf = ({ writes, topic }: PipelineBase): IdempotenceBase | null =>
  writes && { ...writes, acks: topic.acks, replicas: topic.replicas === 1 ? 1 : 2 };

/** The transactions, read as the query reads them and written to the topic as it is. */
export const transactsOf = ({ transacts, topic, query: reads }: PipelineBase): TransactionsBase[] =>
  transacts.map((each) => ({
    ...each,
    isolation: reads.isolation,
    loses: losesByCrash({ ...topic, effectiveMinInsyncReplicas: topic.minInsyncReplicas }),
  }));

/** What the producer does with a record that it has no answer for. With transactions it is idempotent. */
export function retriesOf(base: PipelineBase): 'none' | 'plain' | 'idempotent' {
  const writes = writesOf(base);
  if (writes === null) return 'idempotent';
  if (writes.retries === 0) return 'none';
  const retries = writes.retries ?? Number.MAX_VALUE;
  return isIdempotent({ ...writes, retries }) ? 'idempotent' : 'plain';
}
