/** What the documentation promises for each sink, storage and mode, and where it must not hold. */
import { describe, expect, it } from 'vitest';
import {
  defaults,
  type SinkKind,
  type StreamingOptions,
  spark41,
  streaming,
} from '../../../models/spark/streaming/index.ts';
import { type Exploration, explore } from '../../../src/schedulers/explore.ts';
import { claimsOf, guarantees, situations, streamingClaims, subjectOf } from './index.ts';

/** Two driver crashes, two executor losses, one zombie. */
const faults = { driverCrash: 2, executorLoss: 2, zombieWrite: 1 };
const small = { partitions: 1, bounds: { records: 2, batches: 2 } };
const keyed = { sink: 'foreachBatchByQueryAndBatchId' } as const;

function check(setting: Partial<StreamingOptions>): Exploration {
  const options = { ...defaults, rules: spark41, ...setting };
  return explore(streaming(options), streamingClaims(subjectOf(options)), { whole: true });
}

/** The broken claims, each with the length of its shortest counterexample. */
const broken = ({ results }: Exploration): Record<string, number> =>
  Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim, moves }) => [claim.name, moves!.length]),
  );

/** Do the named guarantees hold? */
function holds(name: string, setting: Partial<StreamingOptions>): boolean {
  const options = { ...defaults, rules: spark41, ...setting };
  const { results } = explore(streaming(options), claimsOf([name], subjectOf(options)));
  expect(results.length).toBeGreaterThan(0);
  return results.every(({ verdict }) => verdict === 'holds');
}

describe('synchronous mode on hdfs with a deterministic plan', () => {
  it.each(['file', 'foreachBatchByQueryAndBatchId'] as const)(
    '%s holds exactly-once-output under two driver crashes, two executor losses and a zombie',
    (sink) => {
      const run = check({ sink, faults, bounds: { records: 2, batches: 3 } });
      expect([run.complete, broken(run)]).toEqual([true, {}]);
      expect(run.states).toBeGreaterThan(200_000);
    },
  );

  const matrix: [SinkKind, Record<string, number>][] = [
    ['file', {}],
    ['delta', {}],
    ['foreachBatchByQueryAndBatchId', {}],
    ['foreachBatchByBatchId', {}],
    ['foreachBatch', { noRecordIsInTheSinkTwice: 20 }],
    ['console', { noRecordIsInTheSinkTwice: 20 }],
    ['kafka', { noRecordIsInTheSinkTwice: 9 }],
    ['foreach', { noRecordIsInTheSinkTwice: 9 }],
    ['memory', { committedRecordsReachTheSink: 14, theSinkShowsWholeBatches: 25 }],
  ];
  it.each(matrix)('%s breaks exactly %o', (sink, expected) => {
    const run = check({ sink, faults, bounds: { records: 1, batches: 2 } });
    expect([run.complete, broken(run)]).toEqual([true, expected]);
  });

  it('a Kafka sink holds at-least-once-output and not exactly-once-output', () => {
    const setting = { sink: 'kafka', faults, bounds: { records: 1, batches: 2 } } as const;
    expect(holds('at-least-once-output', setting)).toBe(true);
    expect(holds('exactly-once-output', setting)).toBe(false);
  });

  it('memory holds each record once in the life of one driver', () => {
    const run = check({ sink: 'memory', faults: { executorLoss: 2, zombieWrite: 1 } });
    expect(broken(run)).toEqual({});
  });

  it('has every situation that the claims are about', () => {
    const options = { ...defaults, rules: spark41, faults };
    const { results } = explore(streaming(options), situations(subjectOf(options)));
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });
});

describe('other modes', () => {
  it('asynchronous progress tracking breaks exactly-once-output even with a keyed sink', () => {
    const run = check({
      ...keyed,
      mode: 'async',
      partitions: 1,
      bounds: { records: 3, batches: 3 },
      faults: { driverCrash: 1 },
    });
    expect(broken(run)).toEqual({
      committedRecordsReachTheSink: 20,
      noRecordIsInTheSinkTwice: 36,
      theSinkShowsWholeBatches: 9,
      aBatchIdMeansOneRange: 13,
      aRerunGivesTheSameRows: 15,
      commitsTrailOffsetsByOneBatch: 29,
      offsetsAreLoggedBeforeAnyEffect: 9,
    });
  });

  it('asynchronous progress tracking into Kafka, as documented, is at-least-once', () => {
    const setting = {
      sink: 'kafka',
      mode: 'async',
      partitions: 1,
      bounds: { records: 3, batches: 3 },
      faults: { driverCrash: 2 },
    } as const;
    expect(holds('at-least-once-output', setting)).toBe(true);
    expect(holds('exactly-once-output', setting)).toBe(false);
    expect(holds('recovers-unattended', setting)).toBe(true);
  });

  it('AvailableNow reads all that was there, in several batches, whatever crashes', () => {
    const run = check({
      ...keyed,
      mode: 'availableNow',
      maxOffsetsPerTrigger: 1,
      partitions: 1,
      bounds: { records: 2, batches: 3 },
      faults: { driverCrash: 2 },
    });
    expect(broken(run)).toEqual({});
  });

  it('a stateful query keeps its state and its watermark with the sound rules', () => {
    const run = check({
      ...keyed,
      operator: 'dedup',
      keys: [0, 0, 1],
      partitions: 1,
      bounds: { records: 3, batches: 3 },
      faults,
    });
    expect(broken(run)).toEqual({});
  });
});

describe('storage of the checkpoint', () => {
  const two = { ...small, faults: { driverCrash: 1, secondDriver: 1 } };

  it('on hdfs a second driver does no harm: the loser is stopped', () => {
    expect(broken(check({ ...two, ...keyed }))).toEqual({});
    expect(holds('one-driver-at-a-time', { ...two, sink: 'file' })).toBe(true);
  });

  it('on s3 with the default manager a second driver breaks exactly-once-output', () => {
    expect(broken(check({ ...two, ...keyed, storage: 'fsRename' }))).toEqual({
      committedRecordsReachTheSink: 18,
      noRecordIsInTheSinkTwice: 28,
      theSinkShowsWholeBatches: 15,
      aBatchIdMeansOneRange: 14,
      aRerunGivesTheSameRows: 16,
      oneDriverWinsEachLogEntry: 9,
    });
  });

  it.each(['fsRename', 's3abort'] as const)('on %s one driver holds exactly-once-output', (at) => {
    const setting = { ...small, storage: at, faults: { driverCrash: 2, executorLoss: 2 } };
    expect(broken(check({ ...setting, ...keyed }))).toEqual({});
    expect(broken(check({ ...setting, sink: 'file' }))).toEqual({});
  });

  it('a listing that misses its newest file makes a driver run a committed batch again', () => {
    const setting = { ...small, faults: { driverCrash: 1, staleListing: 1 } };
    expect(Object.keys(broken(check({ ...setting, sink: 'kafka' })))).toEqual([
      'noRecordIsInTheSinkTwice',
      'committedBatchesAreNotRunAgain',
    ]);
    expect(broken(check({ ...setting, ...keyed }))).toEqual({});
  });

  it.each(['file', 'foreachBatchByBatchId', 'deltaWithFixedAppId'] as const)(
    'a deleted checkpoint under %s, which goes by batch id alone, loses in silence',
    (sink) => {
      const run = check({ ...small, sink, faults: { driverCrash: 1, checkpointDeleted: 1 } });
      expect(broken(run)).toEqual({
        committedRecordsReachTheSink: 19,
        theSinkShowsWholeBatches: 11,
        commitsFollowTheSink: 18,
      });
    },
  );

  it('a deleted checkpoint under a sink keyed by query and batch id repeats what it had', () => {
    const run = check({ ...small, ...keyed, faults: { driverCrash: 1, checkpointDeleted: 1 } });
    expect(Object.keys(broken(run))).toContain('noRecordIsInTheSinkTwice');
    expect(Object.keys(broken(run))).not.toContain('committedRecordsReachTheSink');
  });

  it.each([
    [true, { theQueryCatchesUpAgain: 4 }],
    [false, { committedRecordsReachTheSink: 12, theSinkShowsWholeBatches: 11 }],
  ])(
    'what retention takes before the query begins is no loss; later, with failOnDataLoss %s, it is',
    (failOnDataLoss, expected) => {
      const run = check({ ...small, ...keyed, failOnDataLoss, faults: { retentionPassed: 1 } });
      expect(broken(run)).toEqual(expected);
    },
  );
});

describe('guarantees', () => {
  it('name claims that exist', () => {
    const stateful = { ...defaults, operator: 'aggregate' } as const;
    const names = [defaults, stateful].flatMap((options) =>
      streamingClaims(subjectOf(options)).map(({ name }) => name),
    );
    const unknown = guarantees.flatMap(({ claims }) => claims).filter((n) => !names.includes(n));
    expect(unknown).toEqual([]);
  });
});
