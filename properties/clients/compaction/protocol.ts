/** What must be true of the cleaner, its replicas and retention, for readers to get what they must. */
import {
  type CompactionOptions,
  replicasOf,
  type Written,
} from '../../../models/clients/compaction/index.ts';
import type { Claim, Violation } from '../../../src/model/index.ts';
import {
  type Cleaned,
  cleaned,
  eachReplica,
  type Held,
  held,
  isLive,
  keyName,
  type Reading,
  type Reads,
  reading,
  reads,
  truth,
} from './views.ts';

/** C1 */
const cleaningStaysBelowWhatMayChange = (options: CompactionOptions): Claim => {
  const names = replicasOf(options);
  return {
    name: 'cleaningStaysBelowWhatMayChange',
    modality: 'always',
    means:
      'No replica cleans its active segment, or anything at or above its last stable offset: what lies there may be taken back.',
    cites: 'LogCleanerManager.cleanableOffsets (firstUncleanableDirtyOffset)',
    reads: eachReplica(names, cleaned(options)),
    check: (views: Record<string, Cleaned>): Violation | null => {
      for (const name of names) {
        const { to, stable, active } = views[name]!;
        if (to > stable) {
          const because = `${name} cleans to offset ${to}, past its last stable offset ${stable}`;
          return { because, witness: { offset: stable } };
        }
        if (to > active) {
          const because = `${name} cleans to offset ${to}; its active segment begins at ${active}`;
          return { because, witness: { offset: active } };
        }
      }
      return null;
    },
  };
};

/** C2 */
const cleaningKeepsOffsetsAndOrder = (options: CompactionOptions): Claim => {
  const names = replicasOf(options);
  return {
    name: 'cleaningKeepsOffsetsAndOrder',
    modality: 'always',
    means: 'What is left of a committed record has the offset at which it was written.',
    cites: 'Kafka design documentation, "Log Compaction": the offset of a record never changes',
    reads: { ledger: truth, ...eachReplica(names, held) },
    check: (views): Violation | null => {
      const written = views.ledger as Written[];
      for (const name of names) {
        const { entries, committed } = views[name] as Held;
        for (const { offset, kind, key } of entries) {
          const was = written[offset];
          if (offset >= committed || (was?.kind === kind && was.key === key)) continue;
          const because = `${name} has at offset ${offset} what was not written there`;
          return { because, witness: { offset } };
        }
      }
      return null;
    },
  };
};

/** C5 */
const markersOutliveTheirRecords = (options: CompactionOptions): Claim => {
  const names = replicasOf(options);
  return {
    name: 'markersOutliveTheirRecords',
    modality: 'always',
    means:
      'Where a replica holds a record of a transaction and has got past the marker that ended it, it holds that marker: else the transaction is open again when the log is loaded, and stays so.',
    cites:
      'CleanedTransactionMetadata.onControlBatchRead; ProducerStateManager (rebuilt from the log)',
    reads: { ledger: truth, ...eachReplica(names, held) },
    check: (views): Violation | null => {
      const written = views.ledger as Written[];
      const markerOf = (offset: number): number =>
        written.findIndex(({ kind }, at) => at > offset && (kind === 'commit' || kind === 'abort'));
      for (const name of names) {
        const { entries, end } = views[name] as Held;
        for (const { offset, transactional, key } of entries) {
          const marker = transactional && key !== null ? markerOf(offset) : -1;
          if (marker < 0 || marker >= end) continue;
          if (entries.some((entry) => entry.offset === marker)) continue;
          const because = `${name} holds the record at offset ${offset} and not the marker at ${marker} that ended its transaction`;
          return { because, witness: { offset } };
        }
      }
      return null;
    },
  };
};

/** C6 */
const replicasAgree = (options: CompactionOptions): Claim[] => {
  const names = replicasOf(options);
  const { keys } = options.bounds;
  if (names.length < 2) return [];
  const claim: Claim = {
    name: 'replicasAgree',
    modality: 'always',
    means:
      'Two replicas that are equally far give the same values to a reader of committed data, however far each has cleaned.',
    cites: 'Kafka design documentation, "Log Compaction"; every replica cleans by itself',
    reads: eachReplica(names, reading(keys)),
    check: (views): Violation | null => {
      const [one, two] = names.map((name) => views[name] as Reading);
      if (one!.end !== two!.end) return null;
      for (let key = 0; key < keys; key++) {
        const [a, b] = [one!, two!].map(({ table }) =>
          isLive(table, key) ? table[key]!.offset : null,
        );
        if (a === b) continue;
        const because = `up to offset ${one!.end}, ${keyName(key)} is ${a ?? 'absent'} in ${names[0]} and ${b ?? 'absent'} in ${names[1]}`;
        return { because, witness: { key } };
      }
      return null;
    },
  };
  return [claim];
};

const retentionStaysBelowTheHighWatermark = (options: CompactionOptions): Claim[] => {
  const names = replicasOf(options);
  if (!options.policy.includes('delete')) return [];
  const claim: Claim = {
    name: 'retentionStaysBelowTheHighWatermark',
    modality: 'always',
    means: 'No replica deletes a record by retention that is not committed.',
    cites: 'UnifiedLog.deletableSegments',
    reads: eachReplica(names, held),
    check: (views: Record<string, Held>): Violation | null => {
      for (const name of names) {
        const { start, committed } = views[name]!;
        if (start <= committed) continue;
        return {
          because: `${name}'s log starts at ${start}, past its high watermark ${committed}`,
        };
      }
      return null;
    },
  };
  return [claim];
};

/** T5, L: nothing that was decided keeps readers waiting for ever. */
const readersReachTheEnd: Claim = {
  name: 'readersReachTheEnd',
  modality: 'recovers',
  means:
    'Once brokers are back and the open transaction is ended, the reader can get to the end of what is committed.',
  cites: 'KIP-98 (last stable offset); LogCleanerManager',
  reads: { ledger: truth, reader: reads },
  check: ({ ledger, reader }): Violation | null => {
    const { position, atEnd } = reader as Reads;
    const end = (ledger as Written[]).length;
    return atEnd && position === end
      ? null
      : { because: `the reader is at offset ${position}; ${end} records are committed` };
  },
};

/** The claims about the protocol of the system that `options` describe. */
export const protocolClaims = (options: CompactionOptions): Claim[] => [
  cleaningStaysBelowWhatMayChange(options),
  cleaningKeepsOffsetsAndOrder(options),
  markersOutliveTheirRecords(options),
  ...replicasAgree(options),
  ...retentionStaysBelowTheHighWatermark(options),
  readersReachTheEnd,
];
