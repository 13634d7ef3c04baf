/** What must stay true of the stores of a stateful operator. */
import {
  type Entry,
  type Executor,
  executors,
  type Ledger,
  load,
  type Query,
  type StateFile,
  type StateStoreOptions,
} from '../../../../models/spark/streaming/state-store/index.ts';
import type { Claim, Local, Violation } from '../../../../src/model/index.ts';
import { over } from '../views.ts';

type Stand = Pick<Query, 'lo' | 'lc' | 'committedIds' | 'width'> & { state: string };
const stand = (local: Local): Stand => {
  const { lo, lc, committedIds, width } = local.context as Query;
  return { lo, lc, committedIds, width, state: String(local.value) };
};
type Directory = { files: StateFile[] };
const directory = (local: Local): Directory => ({
  files: local.context.files as StateFile[],
});
const accepted = (local: Local): Entry[] => (local.context as Ledger).accepted;
type Made = Pick<Executor, 'attempt' | 'made'>;
const made = (local: Local): Made => {
  const { attempt, made: next } = local.context as Executor;
  return { attempt, made: next };
};
const memory = (local: Local): Executor['memory'] => (local.context as Executor).memory;
const ofExecutors = <T>(view: T): Record<string, T> =>
  Object.fromEntries(executors.map((name) => [name, view]));

/** What `store` must hold after `batches` batches: the accepted rows of its keys, in order. */
const fold = (all: readonly Entry[], batches: number, store: number, width: number): string =>
  all
    .slice(0, batches)
    .filter((_, batch) => (batch % 2) % width === store)
    .join();
const rowsOf = (entries: readonly Entry[]): string =>
  entries.filter((entry) => entry !== '').join();

/** StateEqReplay */
const attemptsStartFromTheAcceptedState = (): Claim => ({
  name: 'attemptsStartFromTheAcceptedState',
  modality: 'always',
  means:
    'Every attempt of a batch computes on the fold of all batches before it, as their output was accepted.',
  cites: 'StateStore.scala; StateStoreSuite',
  reads: { ledger: accepted, ...ofExecutors(made) },
  check: (views): Violation | null => {
    for (const name of executors) {
      const { attempt, made: next } = views[name] as Made;
      if (!attempt || !next) continue;
      const { store, batch, width } = attempt;
      const expected = fold(views.ledger as Entry[], batch, store, width);
      const found = rowsOf(next.entries.slice(0, -1));
      if (found !== expected) {
        return {
          because: `batch ${batch} computes on ${found || 'nothing'}`,
          witness: { expected },
        };
      }
    }
    return null;
  },
});

type Saved = { query: Stand; files: Directory; ledger: Entry[] };
const saved = { query: stand, files: directory, ledger: accepted };
const stores = ({ width }: Stand): number[] => Array.from({ length: width }, (_, store) => store);

/** StateOutputAgree */
const committedStateIsThatOfTheAcceptedOutput = ({ format }: StateStoreOptions): Claim => ({
  name: 'committedStateIsThatOfTheAcceptedOutput',
  modality: 'always',
  means: 'What a restart loads for a committed batch comes from the attempts whose output stands.',
  cites: 'SPARK-49411; RocksDBCheckpointFailureInjectionSuite',
  reads: saved,
  check: over(({ query, files, ledger }: Saved): Violation | null => {
    const version = query.lc + 1;
    for (const store of stores(query)) {
      const found = load(files, { store, version, id: query.committedIds[store] ?? null }, format);
      const expected = fold(ledger, version, store, query.width);
      if (found !== null && rowsOf(found) !== expected) {
        return {
          because: `version ${version} of store ${store} is ${rowsOf(found)}`,
          witness: { expected },
        };
      }
    }
    return null;
  }),
});

/** AllStoresAtVersion, Durable */
const everyStoreHasTheCommittedVersion = ({ format }: StateStoreOptions): Claim => ({
  name: 'everyStoreHasTheCommittedVersion',
  modality: 'always',
  means: 'After a commit every store can be loaded at the version after it.',
  cites: 'SPARK-52008, SPARK-40826',
  reads: { query: stand, files: directory },
  check: over(({ query, files }: Omit<Saved, 'ledger'>): Violation | null => {
    const version = query.lc + 1;
    const without = stores(query).find(
      (store) =>
        load(files, { store, version, id: query.committedIds[store] ?? null }, format) === null,
    );
    return without === undefined
      ? null
      : { because: `version ${version} of store ${without} cannot be loaded` };
  }),
});

/** CacheEqDfs */
const memoryAgreesWithTheFiles = ({ format, provider }: StateStoreOptions): Claim => ({
  name: 'memoryAgreesWithTheFiles',
  modality: 'always',
  means:
    'What an executor would take from its memory for the next batch is what it would load from the files.',
  cites: 'HDFSBackedStateStoreProvider.loadedMaps; RocksDB.load',
  reads: { query: stand, files: directory, ...ofExecutors(memory) },
  check: (views): Violation | null => {
    const { lc, lo, committedIds, state } = views.query as Stand;
    if (lo !== lc || state !== 'idle') return null;
    const files = views.files as Directory;
    for (const name of executors) {
      for (const { store, version, id, entries } of views[name] as Executor['memory']) {
        const wanted = committedIds[store] ?? null;
        if (version !== lc + 1 || (format === 2 && id !== wanted)) continue;
        const found = load(files, { store, version, id: wanted }, format);
        if (found !== null && rowsOf(found) !== rowsOf(entries)) {
          return { because: `${name} has ${rowsOf(entries)} in memory (${provider})` };
        }
      }
    }
    return null;
  },
});

/** AtomicVisible */
const stateFilesAreWhole = (): Claim => ({
  name: 'stateFilesAreWhole',
  modality: 'always',
  means: 'A state file is there whole, with its own checksum, or not at all.',
  cites: 'SPARK-23966, SPARK-54290',
  reads: { files: directory },
  check: over(({ files: { files } }: Pick<Saved, 'files'>): Violation | null => {
    const bad = files.find(({ torn, writer, checksum }) => torn || writer !== checksum);
    return bad
      ? { because: `${bad.version}.${bad.kind} of store ${bad.store} is not whole` }
      : null;
  }),
});

/** Recoverable */
const theQueryGoesOn = ({ bounds }: StateStoreOptions): Claim => ({
  name: 'theQueryGoesOn',
  modality: 'recovers',
  means: 'Once faults stop, starting the query again is enough for it to commit further batches.',
  cites: 'Structured Streaming guide, "Recovering from Failures with Checkpointing"',
  reads: { query: stand },
  check: over(({ query: { lc } }: Pick<Saved, 'query'>): Violation | null =>
    lc === bounds.batches - 1 ? null : { because: `batch ${lc + 1} is never committed` },
  ),
});

/** All claims about the stores of a stateful operator. */
export const stateStoreClaims = (options: StateStoreOptions): Claim[] => [
  attemptsStartFromTheAcceptedState(),
  committedStateIsThatOfTheAcceptedOutput(options),
  everyStoreHasTheCommittedVersion(options),
  memoryAgreesWithTheFiles(options),
  stateFilesAreWhole(),
  theQueryGoesOn(options),
];

const sometimes = (
  name: string,
  means: string,
  reads: Claim['reads'],
  isThere: (views: Record<string, unknown>) => boolean,
): Claim => ({
  name,
  modality: 'sometimes',
  means,
  reads,
  check: (views) => (isThere(views) ? null : { because: 'not there yet' }),
});

/** Situations that the faults of `options` must bring about. */
export const stateStoreSituations = (options: StateStoreOptions): Claim[] => {
  const suffers = (kind: string): boolean => (options.faults[kind] ?? 0) > 0;
  const late = (local: Local): boolean => (local.context as Executor).late !== null;
  return [
    sometimes(
      'allBatchesAreCommitted',
      'As many batches as the bounds allow are committed.',
      { query: stand },
      ({ query }) => (query as Stand).lc === options.bounds.batches - 1,
    ),
    sometimes(
      'aSnapshotIsWritten',
      'A version is there as a snapshot.',
      { files: directory },
      ({ files }) => (files as Directory).files.some(({ kind }) => kind === 'snapshot'),
    ),
    ...(suffers('zombieWrite')
      ? [
          sometimes(
            'aLateWriteIsPending',
            'A batch is committed while an attempt at it has still to write.',
            { query: stand, ...ofExecutors(late) },
            (views) => (views.query as Stand).lc >= 0 && executors.some((name) => views[name]),
          ),
        ]
      : []),
  ];
};
