import { expect, test } from 'vitest';
import { variants } from '../../models/reference/kip320/index.ts';
import { calibrate, heading, render } from './calibration.ts';

const SIZES = { replicas: 2, logSize: 1, records: 1, maxEpoch: 1 };
const [first] = variants;

test('the figures of a variant are printed with every counterexample, counted both ways', () => {
  const text = heading(SIZES) + render(calibrate(first!, SIZES, 100_000), true);
  expect(text).toMatchInlineSnapshot(`
    "The KIP-320 family: 2 replicas, log size 1, 1 record, leader epochs 0 to 1
    truncateToHighWatermark (KafkaTruncateToHighWatermark.tla): 353 distinct states, depth 12
      weakIsr                   broken after 8 steps (9 states): replica1 leads with high watermark 1, but replica2 of the ISR lacks the record at offset 0
         1  quorum: ELECT_LEADER replica=replica1
         2  quorum: SHRINK_ISR replica=replica2
         3  replica1: BECOME_LEADER leaderEpoch=0
         4  replica1: WRITE
         5  replica2: BECOME_FOLLOWER leader=replica1 leaderEpoch=0
         6  replica2: FETCH leader=replica1
         7  replica1: INC_HIGH_WATERMARK
         8  replica2: BECOME_FOLLOWER leader=replica1 leaderEpoch=1
      strongIsr                 broken after 9 steps (10 states): replica1 leads with high watermark 1, but replica2 of the ISR lacks the record at offset 0
         1  quorum: ELECT_LEADER replica=replica1
         2  quorum: SHRINK_ISR replica=replica2
         3  replica1: BECOME_LEADER leaderEpoch=1
         4  replica1: WRITE
         5  replica2: BECOME_FOLLOWER leader=replica1 leaderEpoch=0
         6  replica1: EXPAND_ISR replica=replica2
         7  replica2: FETCH leader=replica1
         8  replica1: INC_HIGH_WATERMARK
         9  replica2: BECOME_FOLLOWER leader=replica1 leaderEpoch=1
      leaderInIsr               broken after 0 steps (1 state): there is no leader
      electedLeaderInIsr        holds
      typeOk                    holds
      highWatermarkIsInTheLog   holds
      aRecordIsCommitted        reached after 5 steps (6 states)
      twoPresumeLeadership      reached after 4 steps (5 states)
      logsDiffer                unreachable
      nobodyCanBeElected        reached after 2 steps (3 states)
    "
  `);
});

test('a search that a limit stopped says undecided, never holds', () => {
  expect(render(calibrate(first!, SIZES, 100))).toMatchInlineSnapshot(`
    "truncateToHighWatermark (KafkaTruncateToHighWatermark.tla): 101 distinct states, depth 5
      Stopped there by the limit on states (--max-states) or memory: undecided is not "holds".
      weakIsr                   undecided
      strongIsr                 undecided
      leaderInIsr               broken after 0 steps (1 state): there is no leader
      electedLeaderInIsr        undecided
      typeOk                    undecided
      highWatermarkIsInTheLog   undecided
      aRecordIsCommitted        reached after 5 steps (6 states)
      twoPresumeLeadership      reached after 4 steps (5 states)
      logsDiffer                undecided
      nobodyCanBeElected        reached after 2 steps (3 states)
    "
  `);
});
