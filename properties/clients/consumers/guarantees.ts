/** The guarantees an operator asks for of a consumer, in plain words, and their claims. */
import type { Guarantee } from '../../../src/model/index.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'at-least-once-consumption',
    means:
      'Every record that consumers could be shown is processed by the group before its offset is given up.',
    claims: [
      'everyRecordIsProcessed',
      'recordsDoNotVanishUnread',
      'committedOffsetsCoverProcessedRecords',
    ],
  },
  {
    name: 'at-most-once-consumption',
    means: 'No record takes effect twice.',
    claims: ['noRecordIsProcessedTwice'],
  },
  {
    name: 'consumers-read-in-order',
    means:
      'While a consumer keeps a partition, its polls neither skip nor repeat a record, and it never goes on in a log that it did not read.',
    claims: ['pollsSkipNothing', 'pollsNeverGoBack', 'positionsStandInTheLogTheyWereReadFrom'],
  },
];
