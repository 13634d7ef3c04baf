/** What could be changed about a stream, at either half of it. */
import type { Deployment } from '../../config/index.ts';
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { PipelineBase } from './pipeline-settings.ts';
import { queryChanges } from './query-changes.ts';
import { replicationChanges } from './replication-changes.ts';
import { transactionsChanges } from './transactions-changes.ts';

type Streams = readonly Subject<PipelineBase>[];
/** Read so, nothing of the transactions is for the reader to mend. */
const COMMITTED = 'read_committed' as const;

/** Changes worth trying, those that are already so left out. */
export const pipelineChanges = (
  streams: Streams,
  { topics }: Deployment,
): Change<PipelineBase>[] => [
  ...ofHalf(streams, 'topic', (half) =>
    replicationChanges(half, Math.max(1, ...topics.map(({ brokers }) => brokers))),
  ),
  ...ofHalf(streams, 'query', queryChanges),
  ...idempotence(streams),
  ...transactional(streams),
  ...isolation(streams),
];

/** The changes of one half as changes of the whole. */
function ofHalf<Half extends 'topic' | 'query'>(
  streams: Streams,
  half: Half,
  changes: (subjects: readonly Subject<PipelineBase[Half]>[]) => Change<PipelineBase[Half]>[],
): Change<PipelineBase>[] {
  const subjects = streams.map((stream) => ({ ...stream, base: stream.base[half] }));
  return changes(subjects).map((change) => ({
    ...change,
    apply: (base) => ({ ...base, [half]: change.apply(base[half]) }),
  }));
}

function idempotence(streams: Streams): Change<PipelineBase>[] {
  if (streams[0]!.base.writes?.wantsIdempotence ?? true) return [];
  return [
    {
      name: 'idempotent producer',
      settings: deciding(streams, 'enable.idempotence'),
      to: 'true',
      effort: 'client',
      price: 'At most 5 requests are in flight on a connection, and acks=all is needed.',
      apply: (base) => ({
        ...base,
        writes: base.writes && { ...base.writes, wantsIdempotence: true },
      }),
    },
  ];
}

/** Those of the transactions that are not the reader's. */
function transactional(streams: Streams): Change<PipelineBase>[] {
  const [own] = streams[0]!.base.transacts;
  if (own === undefined) return [];
  const subjects = streams.map((stream) => ({ ...stream, base: { ...own, isolation: COMMITTED } }));
  return transactionsChanges(subjects).map((change) => ({
    ...change,
    apply: (base) => ({ ...base, transacts: base.transacts.map(change.apply) }),
  }));
}

function isolation(streams: Streams): Change<PipelineBase>[] {
  const { transactional, isolation: level } = streams[0]!.base.query;
  if (!transactional || level === 'read_committed') return [];
  return [
    {
      name: 'isolation level',
      settings: deciding(streams, 'source.isolationLevel'),
      to: 'read_committed',
      effort: 'code',
      price: 'The query reads no further than the oldest transaction that is open.',
      apply: (base) => ({ ...base, query: { ...base.query, isolation: 'read_committed' } }),
    },
  ];
}
