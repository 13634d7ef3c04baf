import { describe, expect, test } from 'vitest';
import { dstream } from '../../../models/spark/dstreams/index.ts';
import type { Budget } from '../../../src/model/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import type { Subject } from '../core/index.ts';
import { subjects } from './index.ts';

/** The claims that do not hold, each with the length of its shortest counterexample. */
function brokenOf({ system, claims }: Subject): Record<string, number | undefined> {
  const { results } = explore(system, claims);
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim, moves }) => [claim.name, moves?.length]),
  );
}
function unmet({ system, situations }: Subject): string[] {
  const { results } = explore(system, situations);
  return results.filter(({ verdict }) => verdict !== 'holds').map(({ claim }) => claim.name);
}

describe('the guarantee matrix of direct streams', () => {
  const twice = 'noRecordIsOutputTwice';
  const lost = 'everyRecordBehindTheStreamIsOutput';
  const never = 'theStreamCatchesUp';
  const resumes = 'aStoppedStreamResumesWhereItStopped';
  const skips = { [lost]: 13, [twice]: 7, [never]: 8 };
  // Columns: no fault, driver crash, crash and torn checkpoint, graceful stop.
  test.each([
    ['checkpoint', 'append', [{}, { [twice]: 7 }, { [twice]: 7 }, { [twice]: 9, [resumes]: 7 }]],
    ['checkpoint', 'byRecord', [{}, {}, {}, { [resumes]: 7 }]],
    ['checkpoint', 'skipByTime', [{}, skips, skips, { [resumes]: 7 }]],
    ['checkpoint', 'replaceByTime', [{}, { [twice]: 7 }, { [twice]: 7 }, { [resumes]: 7 }]],
    ['kafka', 'append', [{}, { [twice]: 7 }, { [twice]: 7 }, { [twice]: 9, [resumes]: 6 }]],
    ['kafka', 'byRecord', [{}, {}, {}, { [resumes]: 6 }]],
    ['ownStore', 'transactional', [{}, {}, {}, {}]],
  ] as const)('offsets in %s, output %s', (offsets, sink, expected) => {
    const budgets: Budget[] = [
      {},
      { driverCrash: 1 },
      { driverCrash: 1, tornCheckpoint: 1 },
      { gracefulStop: 1 },
    ];
    const seen = budgets.map((faults) => brokenOf(subjects.direct({ offsets, sink, faults })));
    expect(seen).toEqual(expected);
  });

  test('situations are met', () => {
    const missed = [{ driverCrash: 1 }, { gracefulStop: 1 }].map((budget) =>
      unmet(subjects.direct({ faults: budget })),
    );
    expect(missed.flat()).toEqual([]);
  });
});

describe('the end of a direct stream', () => {
  const pending = 'aStoppedStreamLeavesNothingPending';
  const resumes = 'aStoppedStreamResumesWhereItStopped';
  test.each([
    [{ gracefulStop: 1 }, {}],
    [{ hardStop: 1 }, { [pending]: 2, [resumes]: 3 }],
    [
      { gracefulStop: 1, stopTimeout: 1 },
      { [pending]: 3, [resumes]: 4 },
    ],
    [{ gracefulStop: 1, driverCrash: 1 }, {}],
  ])('with its own store of offsets, under %o, breaks exactly what it must', (faults, expected) => {
    const options = { offsets: 'ownStore', sink: 'transactional', faults } as const;
    expect(brokenOf(subjects.direct(options))).toEqual(expected);
  });
});

describe('the guarantee matrix of receiver streams', () => {
  const lost = 'noAcknowledgedRecordIsLost';
  const never = 'everyRecordIsProcessed';
  const left = 'aStoppedReceiverStreamIsDrained';
  // Columns: executor lost, driver crash, graceful stop, hard stop.
  const unsafe = { [lost]: 3, [left]: 2, [never]: 2 };
  test.each([
    [false, false, [{ [lost]: 2, [never]: 2 }, { [lost]: 3, [never]: 2 }, {}, unsafe]],
    [false, true, [{ [lost]: 2, [never]: 2 }, { [lost]: 3, [never]: 2 }, {}, unsafe]],
    [true, false, [{}, { [lost]: 6, [never]: 5 }, {}, { [lost]: 6, [left]: 2, [never]: 5 }]],
    [true, true, [{}, {}, {}, { [left]: 2 }]],
  ])('reliable receiver %s, write-ahead log %s', (reliable, writeAheadLog, expected) => {
    const seen = ['executorLoss', 'driverCrash', 'gracefulStop', 'hardStop'].map((fault) =>
      brokenOf(subjects.receiver({ reliable, writeAheadLog, faults: { [fault]: 1 } })),
    );
    expect(seen).toEqual(expected);
  });

  test('received data is output at least once: twice after a lost executor or a crash', () => {
    const seen = ['executorLoss', 'driverCrash'].map((fault) =>
      brokenOf(subjects.receiver({ sink: 'append', faults: { [fault]: 1 } })),
    );
    const twice = 'noReceivedRecordIsOutputTwice';
    expect(seen).toEqual([{ [twice]: 12 }, { [twice]: 9 }]);
  });

  test('two crashes lose nothing with log and reliable receiver', () => {
    const subject = subjects.receiver({ faults: { driverCrash: 2 } });
    expect([brokenOf(subject), unmet(subject)]).toEqual([{}, []]);
  });
});

test('a stream is built from its source', () => {
  const names = [dstream({ source: 'direct' }), dstream({ source: 'receiver' })];
  expect(names.map(({ name }) => name)).toEqual(['spark direct stream', 'spark receiver stream']);
});
