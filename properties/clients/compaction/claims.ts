/** What readers must get from a cleaned log, and all claims together. */
import {
  type CompactionOptions,
  replicasOf,
  type Table,
  type Written,
} from '../../../models/clients/compaction/index.ts';
import type { Claim, Violation } from '../../../src/model/index.ts';
import { protocolClaims } from './protocol.ts';
import {
  eachReplica,
  isLive,
  keyName,
  type Reading,
  type Reads,
  reading,
  reads,
  trueTable,
  truth,
  valid,
} from './views.ts';

/** C3: the same claim of values and of deletions. */
function fullRead(
  options: CompactionOptions,
  judge: (key: number, is: Table, should: Table, leader: string) => Violation | null,
): Pick<Claim, 'modality' | 'reads' | 'check'> {
  const names = replicasOf(options);
  const { keys } = options.bounds;
  return {
    modality: 'always',
    reads: { ledger: truth, ...eachReplica(names, reading(keys)) },
    check: (views): Violation | null => {
      for (const leader of names) {
        const { table, end, leads } = views[leader] as Reading;
        if (!leads) continue;
        const should = trueTable(views.ledger as Written[], end, keys);
        for (let key = 0; key < keys; key++) {
          const violation = judge(key, table, should, leader);
          if (violation) return violation;
        }
      }
      return null;
    },
  };
}

const theLatestValueOfEveryKeyIsKept = (options: CompactionOptions): Claim => ({
  name: 'theLatestValueOfEveryKeyIsKept',
  means:
    "A reader of committed data that goes through the leader's log finds the latest committed value of every key that was not deleted since.",
  cites: 'Kafka design documentation, "Log Compaction"; LogCleaner.shouldRetainRecord',
  ...fullRead(options, (key, is, should, leader) => {
    const wanted = should[key];
    if (!isLive(should, key) || is[key]?.offset === wanted!.offset) return null;
    const found = is[key] ? `the record at offset ${is[key].offset}` : 'nothing';
    const because = `the latest value of ${keyName(key)} is at offset ${wanted!.offset}; ${leader} has ${found}`;
    return { because, witness: { key, offset: wanted!.offset } };
  }),
});

const deletedKeysStayDeleted = (options: CompactionOptions): Claim => ({
  name: 'deletedKeysStayDeleted',
  means:
    "A reader of committed data that goes through the leader's log finds no value of a key whose latest committed record deletes it, or that has none.",
  cites: 'Kafka design documentation, "Log Compaction"; KIP-534',
  ...fullRead(options, (key, is, should, leader) => {
    if (isLive(should, key) || !isLive(is, key)) return null;
    const because = `${keyName(key)} is deleted, and ${leader} shows its value of offset ${is[key]!.offset} again`;
    return { because, witness: { key, offset: is[key]!.offset } };
  }),
});

/** A claim about the reader when it is at the end. */
function atTheEnd(
  options: CompactionOptions,
  judge: (key: number, is: number | null, should: Table) => Violation | null,
): Pick<Claim, 'modality' | 'reads' | 'check'> {
  const { keys } = options.bounds;
  return {
    modality: 'always',
    reads: { ledger: truth, reader: reads },
    check: (views): Violation | null => {
      const { position, table, atEnd } = views.reader as Reads;
      if (!atEnd) return null;
      const should = trueTable(views.ledger as Written[], position, keys);
      for (let key = 0; key < keys; key++) {
        const violation = judge(key, table[key]!, should);
        if (violation) return violation;
      }
      return null;
    },
  };
}

const readersEndWithTheLatestValues = (options: CompactionOptions): Claim => ({
  name: 'readersEndWithTheLatestValues',
  means:
    'A reader from the start that is at the end has the latest committed value of every key that was not deleted since, however long it took.',
  cites: 'Kafka design documentation, "Log Compaction": at least the final state of each key',
  ...atTheEnd(options, (key, is, should) => {
    if (!isLive(should, key) || is === should[key]!.offset) return null;
    const because = `the reader is at the end without the value of ${keyName(key)} of offset ${should[key]!.offset}`;
    return { because, witness: { key, offset: should[key]!.offset } };
  }),
});

/** C4 */
const readersSeeDeletions = (options: CompactionOptions): Claim => ({
  name: 'readersSeeDeletions',
  means:
    'A reader from the start that is at the end keeps no value of a key whose latest committed record deletes it.',
  cites: 'Kafka design documentation, "Log Compaction"; delete.retention.ms; KIP-534',
  ...atTheEnd(options, (key, is, should) => {
    const last = should[key];
    if (last?.kind !== 'delete' || is === null || is >= last.offset) return null;
    const because = `the reader is at the end with the value of ${keyName(key)} of offset ${is}; offset ${last.offset} deleted it`;
    return { because, witness: { key, offset: last.offset } };
  }),
});

/** C5, T2 */
const noAbortedRecordIsRead: Claim = {
  name: 'noAbortedRecordIsRead',
  modality: 'always',
  means: 'A reader of committed data is never given a record of an aborted or open transaction.',
  cites: 'KIP-98; CleanedTransactionMetadata (the rewritten transaction index)',
  reads: { ledger: truth, reader: reads },
  check: (views): Violation | null => {
    const written = views.ledger as Written[];
    const counts = valid(written, written.length);
    const offset = (views.reader as Reads).table.find((at) => at !== null && !counts[at]);
    return offset == null
      ? null
      : {
          because: `the reader was given the record at offset ${offset}, which no transaction has committed`,
          witness: { offset, key: written[offset]?.key ?? 0 },
        };
  },
};

/** All claims about the system that `options` describe. */
export const compactionClaims = (options: CompactionOptions): Claim[] => [
  theLatestValueOfEveryKeyIsKept(options),
  deletedKeysStayDeleted(options),
  readersEndWithTheLatestValues(options),
  readersSeeDeletions(options),
  noAbortedRecordIsRead,
  ...protocolClaims(options),
];
