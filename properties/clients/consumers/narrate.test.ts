import { expect, it } from 'vitest';
import { consumerDesigns } from '../../../models/clients/consumers/designs/index.ts';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  evidence,
  narrate,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { consumerClaims } from './index.ts';

/** The shortest run that breaks the claim, in words, and the evidence under it. */
function told(options: ConsumerOptions, name: string): string[] {
  const system = consumers(options);
  const [claim] = consumerClaims(options).filter((each) => each.name === name);
  const [{ moves, violation }] = explore(system, [claim!]).results as [never];
  const trace = confirm(system, { claim: claim!, moves: moves!, violation });
  const steps = narrate(trace).map((sentences, i) => `${i + 1}. ${sentences.join(' ')}`);
  return [...steps, ...evidence(trace, (violation as { witness?: never } | null)?.witness)];
}

function toldOf(id: string): string[] {
  const { setting, rules, breaks } = consumerDesigns.find((design) => design.id === id)!;
  return told({ ...defaults, ...setting, rules: { ...repaired, ...rules } }, breaks);
}

it('a rebalance whose auto-commit runs ahead of the threads', () => {
  expect(toldOf('F52b')).toEqual([
    '1. c1 asks for the committed offset and stands at offset 0 (no epoch).',
    '2. c2 crashes; its session ends.',
    '3. Record 0 is written at offset 0, epoch 0.',
    '4. The follower lags and leaves the ISR; the high watermark is 1.',
    '5. c1 polls at offset 0 and is returned record 0.',
    '6. c1 hears of a rebalance and gives the partition up. The committed offset is now 1.',
    'Record 0: written in step 3, not processed.',
    "At the end the leader's log is [0 (epoch 0)], offset 1 (epoch 0) is committed, c1 has the partition.",
  ]);
});

it('an offset without epoch, after an unclean election', () => {
  expect(toldOf('F51b')).toEqual([
    '1. c1 asks for the committed offset and stands at offset 0 (no epoch).',
    '2. Record 0 is written at offset 0, epoch 0.',
    '3. The follower lags and leaves the ISR; the high watermark is 1.',
    '4. c1 polls at offset 0 and is returned record 0.',
    '5. c1 processes record 0.',
    '6. c1 commits offset 1 (no epoch).',
    '7. c1 crashes; its session ends.',
    '8. The ISR fails; by an unclean election the follower leads in epoch 1 from offset 0 on. Record 0 is in the log no more.',
    '9. Record 1 is written at offset 0, epoch 1.',
    'Record 1: written in step 9, not processed.',
    "At the end the leader's log is [1 (epoch 1)], offset 1 (no epoch) is committed, nobody has the partition.",
  ]);
});

it('a follower that lost its tail', () => {
  expect(toldOf('F53')).toEqual([
    '1. c1 asks for the committed offset and stands at offset 0 (no epoch).',
    '2. c1 polls at offset 0 and is sent to the follower.',
    '3. Record 0 is written at offset 0, epoch 0.',
    '4. Record 1 is written at offset 1, epoch 0.',
    '5. The follower fetches and has 2 records; the high watermark is 0.',
    '6. The follower fetches and has 2 records; the high watermark is 2.',
    '7. c1 polls at offset 0 from the follower and is returned record 0.',
    '8. c1 processes record 0.',
    '9. The follower loses power and keeps 0 records.',
    '10. c1 polls at offset 1 from the follower; the offset is out of range.',
    '11. c1 applies auto.offset.reset and stands at offset 2 (no epoch).',
    '12. Record 2 is written at offset 2, epoch 0.',
    '13. c1 polls at offset 2 and is returned record 2.',
    'Record 0: written in step 3, processed in step 8.',
    'Record 1: written in step 4, not processed.',
    'Record 2: written in step 12, not processed.',
    "At the end the leader's log is [0 (epoch 0), 1 (epoch 0), 2 (epoch 0)], offset 0 (no epoch) is committed, c1 has the partition.",
  ]);
});

it('a crash between the decision and its marker', () => {
  expect(toldOf('F57')).toEqual([
    '1. c1 asks for the committed offset and stands at offset 0 (no epoch).',
    '2. Record 0 is written at offset 0, epoch 0.',
    '3. The follower lags and leaves the ISR; the high watermark is 1.',
    '4. c1 polls at offset 0 and is returned record 0.',
    '5. c1 processes record 0.',
    '6. c1 commits offset 1 (epoch 0) in its transaction.',
    '7. c1 commits its transaction.',
    '8. c1 crashes; its session ends.',
    "9. c2 hears of a rebalance and joins again. The partition is now c2's.",
    '10. c2 asks for the committed offset and stands at offset 0 (no epoch).',
    '11. c2 polls at offset 0 and is returned record 0.',
    '12. c2 processes record 0.',
    '13. c2 commits offset 1 (epoch 0) in its transaction.',
    '14. c2 commits its transaction. Record 0 has taken effect twice.',
    'Record 0: written in step 2, processed in step 7, processed again in step 14.',
    "At the end the leader's log is [0 (epoch 0)], offset 0 (no epoch) is committed, c2 has the partition.",
  ]);
});

it('a zombie that commits', () => {
  expect(toldOf('F58')).toEqual([
    '1. c1 asks for the committed offset and stands at offset 0 (no epoch).',
    '2. c1 is slow or pauses; the group removes it, and it does not know.',
    '3. Record 0 is written at offset 0, epoch 0.',
    '4. The follower lags and leaves the ISR; the high watermark is 1.',
    '5. c1 polls at offset 0 and is returned record 0.',
    '6. c1 processes record 0.',
    '7. c1 commits offset 1 (epoch 0).',
    'Record 0: written in step 3, processed in step 6.',
    "At the end the leader's log is [0 (epoch 0)], offset 1 (epoch 0) is committed, nobody has the partition.",
  ]);
});
