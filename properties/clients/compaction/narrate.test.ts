/** The narrator: runs of the model in Kafka's words. */
import { expect, test } from 'vitest';
import {
  compaction,
  evidence,
  narrate,
  optionsOf,
  type Setting,
} from '../../../models/clients/compaction/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm, type Trace } from '../../../src/schedulers/replay.ts';
import { compactionClaims } from './index.ts';

/** The shortest run that breaks `claim`, and what the claim shows. */
function breaking(claim: string, setting: Setting): { trace: Trace; told: string[] } {
  const system = compaction(setting);
  const wanted = compactionClaims(optionsOf(setting)).filter(({ name }) => name === claim);
  const { moves, violation } = explore(system, wanted).results[0]!;
  const trace = confirm(system, { claim: wanted[0]!, moves: moves!, violation });
  const steps = narrate(trace).map((says, i) => `${i + 1}. ${says.join(' ')}`);
  return { trace, told: [...steps, ...evidence(trace, violation?.witness)] };
}

const together = { bounds: { groupSegments: 4 } };

test('a reader that takes longer than delete.retention.ms keeps a deleted key', () => {
  expect(breaking('readersSeeDeletions', together).told).toEqual([
    '1. The producer writes a value of key 0 at offset 0.',
    '2. The producer deletes key 0: a tombstone at offset 1.',
    '3. The producer writes a value of key 1 at offset 2.',
    "4. b1's cleaner begins a pass, offsets 0 to 1 dirty.",
    '5. The producer writes a value of key 1 at offset 3.',
    '6. The reader reads at offset 0 from b1 and gets the value of key 0 at offset 0.',
    '7. b1 swaps in what it cleaned of offsets 0 to 1. Gone: the value of key 0 at offset 0. Given a delete horizon: the tombstone of key 0 at offset 1.',
    "8. b1's pass is over: the checkpoint is 2.",
    '9. delete.retention.ms passes: b1 may now remove the tombstone of key 0 at offset 1.',
    "10. b1's cleaner begins a pass, offset 2 dirty.",
    '11. b1 swaps in what it cleaned of offsets 0 to 2. Gone: the tombstone of key 0 at offset 1.',
    '12. The reader reads at offset 1 from b1 and gets the value of key 1 at offset 2.',
    '13. The reader reads at offset 3 from b1 and gets the value of key 1 at offset 3.',
    '14. The reader reads at offset 4 from b1 and is at the end.',
    'Written: the value of key 0 at offset 0 and the tombstone of key 0 at offset 1.',
    'b1 has the value of key 1 at offset 2 and the value of key 1 at offset 3.',
    'The reader is at offset 4 with a value of key 0 from offset 0 and a value of key 1 from offset 3.',
  ]);
});

test('retention forgets a key of a compacted topic', () => {
  const setting: Setting = { policy: 'compact,delete' };
  expect(breaking('readersEndWithTheLatestValues', setting).told).toEqual([
    '1. The producer writes a value of key 0 at offset 0.',
    '2. The producer writes a value of key 1 at offset 1.',
    '3. Retention deletes the oldest segment of b1, with the value of key 0 at offset 0.',
    '4. The reader reads at offset 0 from b1: deleted. It goes on at 1, where the log starts.',
    '5. The reader reads at offset 1 from b1 and gets the value of key 1 at offset 1.',
    '6. The reader reads at offset 2 from b1 and is at the end.',
    'Written: the value of key 0 at offset 0.',
    'b1 has the value of key 1 at offset 1, its log starts at 1.',
    'The reader is at offset 2 with a value of key 1 from offset 1.',
  ]);
});

test('a replica that was away keeps a deleted key', () => {
  const setting: Setting = { replicas: 2, passes: 'atOnce', faults: { brokerCrash: 1 } };
  expect(breaking('deletedKeysStayDeleted', setting).told).toEqual([
    '1. b1 crashes. b2 leads.',
    '2. The producer writes a value of key 0 at offset 0.',
    '3. The producer deletes key 0: a tombstone at offset 1.',
    '4. The producer writes a value of key 1 at offset 2.',
    '5. b1 is back.',
    '6. b1 fetches at offset 0 and gets the value of key 0 at offset 0.',
    "7. b2's cleaner makes a pass, offsets 0 to 1 dirty. Gone: the value of key 0 at offset 0. Given a delete horizon: the tombstone of key 0 at offset 1.",
    '8. The producer writes a value of key 1 at offset 3.',
    '9. delete.retention.ms passes: b2 may now remove the tombstone of key 0 at offset 1.',
    "10. b2's cleaner makes a pass, offset 2 dirty. Gone: the tombstone of key 0 at offset 1.",
    '11. b1 fetches at offset 1 and gets the value of key 1 at offset 2, past a hole of 1.',
    '12. b1 fetches at offset 3 and gets the value of key 1 at offset 3.',
    '13. b1 fetches at offset 4 and gets nothing new. b1 joins the ISR.',
    '14. The preferred leader is elected again. b1 leads.',
    'Written: the value of key 0 at offset 0 and the tombstone of key 0 at offset 1.',
    'b1 has the value of key 0 at offset 0, the value of key 1 at offset 2 and the value of key 1 at offset 3.',
    'b2 has the value of key 1 at offset 2 and the value of key 1 at offset 3.',
    'The reader is at offset 0 with nothing.',
  ]);
});

test('a transaction whose records are cleaned away while it is open', () => {
  const setting: Setting = {
    transactions: true,
    rules: { stopsAtLastStableOffset: false },
  };
  expect(breaking('theLatestValueOfEveryKeyIsKept', setting).told).toEqual([
    '1. The producer writes a value of key 0 at offset 0.',
    '2. A transaction writes a value of key 0 at offset 1.',
    '3. The producer writes a value of key 0 at offset 2.',
    "4. b1's cleaner begins a pass, offsets 0 to 1 dirty.",
    '5. b1 swaps in what it cleaned of offset 0. Gone: the value of key 0 at offset 0.',
    'Written: the value of key 0 at offset 0, the value of key 0 at offset 1 (in a transaction) and the value of key 0 at offset 2.',
    'b1 has the value of key 0 at offset 1 and the value of key 0 at offset 2.',
    'The reader is at offset 0 with nothing.',
  ]);
});
