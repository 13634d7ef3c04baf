/** What could be changed about a query to repair it. */
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { QueryBase } from './query-settings.ts';

type Queries = readonly Subject<QueryBase>[];

/** Changes worth trying, those that are already so left out. */
export function queryChanges(queries: Queries): Change<QueryBase>[] {
  const { base } = queries[0]!;
  const of = (
    name: string,
    keys: readonly string[],
    rest: Omit<Change<QueryBase>, 'name' | 'settings'>,
  ): Change<QueryBase> => ({ name, settings: deciding(queries, ...keys), ...rest });
  const changes: (Change<QueryBase> | null)[] = [
    base.failOnDataLoss
      ? null
      : of('failOnDataLoss', ['source.failOnDataLoss'], {
          to: 'true',
          effort: 'code',
          price: 'The query stops where Kafka has lost records, until somebody decides.',
          apply: (old) => ({ ...old, failOnDataLoss: true }),
        }),
    base.transactional && base.isolation === 'read_uncommitted'
      ? of('isolation level', ['source.isolationLevel'], {
          to: 'read_committed',
          effort: 'code',
          price: 'Records behind an open transaction wait until it ends.',
          apply: (old) => ({ ...old, isolation: 'read_committed' }),
        })
      : null,
    base.mode !== 'async'
      ? null
      : of('asynchronous progress', ['asyncProgress'], {
          to: 'false',
          effort: 'code',
          price: 'Every batch waits for its two log entries.',
          apply: (old) => ({ ...old, mode: 'sync' }),
        }),
    base.speculation
      ? of('speculation', ['spark.speculation'], {
          to: 'false',
          effort: 'client',
          price: 'A slow task delays its batch.',
          apply: (old) => ({ ...old, speculation: false }),
        })
      : null,
    base.sink === 'foreachBatch'
      ? of('what a repeated batch is recognised by', ['sink.idempotent'], {
          to: 'byQueryAndBatchId',
          effort: 'code',
          price: 'The function writes query and batch id with the rows, in one transaction.',
          apply: (old) => ({ ...old, sink: 'foreachBatchByQueryAndBatchId' }),
        })
      : null,
    base.storage === 'hdfs'
      ? null
      : of('checkpoint storage', ['checkpoint'], {
          to: onHdfs(queries),
          effort: 'reassignment',
          price:
            'The checkpoint lives on a file system that renames atomically, and is moved there.',
          apply: (old) => ({ ...old, storage: 'hdfs' }),
        }),
  ];
  return changes.filter((change) => change !== null);
}

/** The same path on the default namenode. */
function onHdfs(queries: Queries): string {
  const [setting] = deciding(queries, 'checkpoint');
  return (setting?.value ?? '').replace(/^[a-z0-9+.-]+:\/\/[^/]*\/?/i, 'hdfs:///');
}
