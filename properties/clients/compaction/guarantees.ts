/** The guarantees an operator asks for, and the claims that make each. */
import type { Guarantee } from '../../../src/model/index.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'latest-value-kept',
    means:
      'Whoever reads a compacted topic from its start ends with the latest value of every key.',
    claims: [
      'theLatestValueOfEveryKeyIsKept',
      'readersEndWithTheLatestValues',
      'noAbortedRecordIsRead',
      'cleaningKeepsOffsetsAndOrder',
    ],
  },
  {
    name: 'deletes-seen',
    means:
      'Whoever reads a compacted topic from its start keeps no value of a key that was deleted.',
    claims: ['readersSeeDeletions', 'deletedKeysStayDeleted'],
  },
];
