/** The largest budget that is explored whole: minutes, and some two gigabytes. */
import { expect, test } from 'vitest';
import { kafka, kafkaOptions, repaired } from '../../models/kafka/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { claimsOf, subjectOf } from './index.ts';

test('one brokerCrash, one partition and one slowReplica together lose no acknowledged record', () => {
  const setting = {
    rules: repaired,
    faults: { brokerCrash: 1, partition: 1, slowReplica: 1 },
  };
  const claims = claimsOf(['no-acked-loss'], subjectOf(kafkaOptions(setting)));
  const found = explore(kafka(setting), claims, { maxStates: 40_000_000 });
  expect([found.complete, found.states, found.results.map(({ verdict }) => verdict)]).toEqual([
    true,
    33_654_066,
    ['holds'],
  ]);
});
