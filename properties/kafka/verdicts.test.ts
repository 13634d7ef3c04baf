/**
 * What is true of one partition with three replicas, as Kafka 4.1 would be with its findings
 * repaired: every verdict, and how many states it took. A changed count is a question for the
 * reviewer: which behaviour did the model gain or lose?
 */
import { describe, expect, test } from 'vitest';
import {
  type KafkaSetting,
  kafka,
  kafkaOptions,
  repair,
  repaired,
  rulesOf,
} from '../../models/kafka/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { kafkaClaims, situations, subjectOf } from './index.ts';

interface Outcome {
  states: number;
  /** Failed claims, each with the number of moves that break it. */
  broken: Record<string, number>;
}

/** Explores the whole space of a setting; every situation must have been met. */
function outcome(given: KafkaSetting): Outcome {
  const setting = { rules: repaired, ...given };
  const subject = subjectOf(kafkaOptions(setting));
  const { complete, states, results } = explore(
    kafka(setting),
    [...kafkaClaims(subject), ...situations(subject)],
    { whole: true },
  );
  expect(complete).toBe(true);
  const failed = results.filter(({ verdict }) => verdict !== 'holds');
  return {
    states,
    broken: Object.fromEntries(failed.map(({ claim, moves }) => [claim.name, moves?.length ?? -1])),
  };
}

const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));

describe('acks=all, min.insync.replicas 2, clean elections, ELR', () => {
  test.each([
    ['no fault', {}, 1_211],
    ['one brokerCrash', { brokerCrash: 1 }, 38_503],
    ['one powerLoss', { powerLoss: 1 }, 80_334],
    ['one diskLoss', { diskLoss: 1 }, 80_334],
    ['one partition', { partition: 1 }, 46_213],
    ['one slowReplica', { slowReplica: 1 }, 46_213],
    ['one lostMessage', { lostMessage: 1 }, 1_551],
    ['one controlledShutdown', { controlledShutdown: 1 }, 62_850],
  ])('every claim holds under %s', (_, faults, states) => {
    expect(outcome({ faults })).toEqual({ states, broken: {} });
  });
});

describe('what an operator gives away', () => {
  test('without ELR one powerLoss of the last member of the ISR loses acknowledged records', () => {
    expect(outcome({ rules: withoutElr, faults: { powerLoss: 1 } })).toEqual({
      states: 77_373,
      broken: {
        acknowledgedRecordsSurvive: 10,
        electableReplicasAreComplete: 9,
        electedLeadersAreComplete: 10,
        whatReadersSawStays: 10,
        theHighWatermarkToldNeverFalls: 11,
        acknowledgedMeansMinInsyncCopies: 15,
        writesGoOnWithOneBrokerDown: 3,
      },
    });
  });
  test('flushing every message, one powerLoss loses nothing even without ELR', () => {
    expect(
      outcome({ rules: withoutElr, flushEveryMessage: true, faults: { powerLoss: 1 } }),
    ).toEqual({ states: 61_256, broken: { writesGoOnWithOneBrokerDown: 3 } });
  });
  test('acks=1 loses an acknowledged record by one brokerCrash', () => {
    expect(outcome({ acks: 1, faults: { brokerCrash: 1 } })).toEqual({
      states: 36_630,
      broken: { acknowledgedRecordsSurvive: 2 },
    });
  });
  test('acks=0 loses a record by one lostMessage', () => {
    expect(outcome({ acks: 0, faults: { lostMessage: 1 } })).toEqual({
      states: 1_297,
      broken: { acknowledgedRecordsSurvive: 1 },
    });
  });
  test('min.insync.replicas 1 loses an acknowledged record by one diskLoss', () => {
    expect(outcome({ minInsyncReplicas: 1, faults: { diskLoss: 1 } })).toEqual({
      states: 73_096,
      broken: {
        acknowledgedRecordsSurvive: 4,
        electableReplicasAreComplete: 6,
        electedLeadersAreComplete: 6,
        whatReadersSawStays: 6,
        theHighWatermarkToldNeverFalls: 7,
        writesGoOnWithOneBrokerDown: 3,
      },
    });
  });
  test('min.insync.replicas 3 stops writes with one broker down', () => {
    expect(outcome({ minInsyncReplicas: 3, faults: { brokerCrash: 1 } })).toEqual({
      states: 29_743,
      broken: { writesGoOnWithOneBrokerDown: 1 },
    });
  });
  test('unclean elections lose acknowledged records by a slowReplica and a brokerCrash', () => {
    const setting: KafkaSetting = {
      rules: repaired,
      uncleanLeaderElection: true,
      faults: { slowReplica: 1, brokerCrash: 1 },
    };
    const [claim] = kafkaClaims(subjectOf(kafkaOptions(setting)));
    const [result] = explore(kafka(setting), [claim!]).results;
    expect([result?.claim.name, result?.verdict, result?.moves?.length]).toEqual([
      'acknowledgedRecordsSurvive',
      'broken',
      7,
    ]);
  });
  test('min.insync.replicas above the replication factor is clamped to it', () => {
    const two = { replicas: 2, faults: { brokerCrash: 1 } };
    expect(outcome({ ...two, minInsyncReplicas: 5 })).toEqual(
      outcome({ ...two, minInsyncReplicas: 2 }),
    );
  });
});
