/** The composed model: how large it is, what must be possible in it, and that its short cuts are exact. */
import { describe, expect, it, test } from 'vitest';
import { type PipelineSetting, pipeline, pipelineOptions } from '../../models/pipeline/index.ts';
import { coverage, mergeCoverage } from '../../src/engine/coverage.ts';
import type { System } from '../../src/model/index.ts';
import { queued } from '../../src/model/queued.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { pipelineClaims, situations, subjectOf } from './index.ts';

const two = { replicas: 2, minInsyncReplicas: 1 } as const;
const stream = { sink: 'foreachBatchByQueryAndBatchId' } as const;
const bounds = { records: 1, lags: 0, metadataLag: 1 };
const both = { brokerCrash: 1, driverCrash: 1 };

/** The broken claims, each with the length of its shortest counterexample. */
function broken(setting: PipelineSetting, system: System = pipeline(setting)) {
  const claims = pipelineClaims(subjectOf(pipelineOptions(setting)));
  const { states, moves, depth, complete, results } = explore(system, claims, { whole: true });
  expect(complete).toBe(true);
  const found = results.filter(({ verdict }) => verdict === 'broken');
  const lengths = found.map(({ claim, moves: run }) => [claim.name, run!.length]);
  return { states, moves, depth, broken: Object.fromEntries(lengths) };
}

describe('the space of a pipeline', () => {
  it('is small without faults', () => {
    const run = broken({ topic: two, stream, bounds });
    expect(run).toEqual({ states: 41, moves: 235, depth: 15, broken: {} });
  });

  it('with two replicas, one lag, a broker crash and a driver crash is seen whole', () => {
    const run = broken({ topic: two, stream, bounds: { ...bounds, lags: 1 }, faults: both });
    expect(run).toEqual({ states: 20_801, moves: 132_109, depth: 30, broken: {} });
  });

  it('with three replicas, a broker crash, a driver crash and a lost executor is seen whole', () => {
    const run = broken({ stream, bounds, faults: { ...both, executorLoss: 1 } });
    expect(run).toEqual({ states: 42_571, moves: 404_291, depth: 32, broken: {} });
  });

  it.each([
    ['windows', { operator: 'aggregate' }, 11_504],
    ['dropDuplicates', { operator: 'dedup' }, 5_699],
    ['once', { mode: 'once' }, 5_466],
    ['availableNow', { mode: 'availableNow' }, 7_580],
    ['windows and availableNow', { operator: 'aggregate', mode: 'availableNow' }, 14_804],
  ] as const)('grows with %s, and is seen whole', (_, query, states) => {
    const run = broken({ topic: two, stream: { ...stream, ...query }, bounds, faults: both });
    expect([run.states, run.broken]).toEqual([states, {}]);
  });
});

describe('what must be possible', () => {
  const settings: readonly PipelineSetting[] = [
    { topic: two, stream, bounds, faults: both },
    { topic: two, stream, bounds, faults: { partition: 1 } },
    { stream, bounds, faults: { controlledShutdown: 1, driverCrash: 1 } },
    { topic: two, stream: { ...stream, operator: 'aggregate' }, bounds, faults: both },
    { topic: two, stream: { ...stream, operator: 'dedup', mode: 'once' }, bounds, faults: both },
    { topic: two, stream: { ...stream, mode: 'availableNow' }, bounds, faults: both },
  ];
  it.each(settings)('is possible under $faults', (setting) => {
    const claims = situations(subjectOf(pipelineOptions(setting)));
    const { results } = explore(pipeline(setting), claims);
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });
});

test('every edge of the client and every answer of a leader to it is taken', () => {
  const faults = { ...both, partition: 1 };
  const { stepper } = explore(pipeline({ topic: two, stream, bounds, faults }), [], {
    whole: true,
  });
  const ofReaders = /source|LIST_OFFSETS|CLIENT_FETCH/;
  const seen = mergeCoverage([coverage(stepper)]);
  expect(seen.neverTaken.filter((edge) => ofReaders.test(edge))).toEqual([]);
});

/**
 * The query's calls wait for their answers, and the driver knows an answer by its call. In a queue it
 * does not, so that one of an earlier call may come back as news; safety must bear even that.
 */
describe('answers of brokers that are long on their way', () => {
  const late = [
    ['b1', 'source'],
    ['b2', 'source'],
  ] as const;
  const deployments: Record<string, PipelineSetting> = {
    'acks=all': {},
    'acks=1': { topic: { ...two, acks: 1 } },
    'unclean elections': { topic: { ...two, uncleanLeaderElection: true } },
    'a sink without a key': { stream: { sink: 'kafka' } },
    dropDuplicates: { stream: { ...stream, operator: 'dedup' } },
    availableNow: { stream: { ...stream, mode: 'availableNow' } },
  };
  const names = ({ broken: lengths }: { broken: object }): string[] =>
    Object.keys(lengths).filter((name) => name !== 'thePipelineCatchesUpAgain');
  it.each(Object.entries(deployments))('change no verdict: %s', (_, given) => {
    const setting = { topic: two, stream, bounds, faults: both, ...given };
    const system = queued(pipeline(setting), late, 1);
    expect(names(broken(setting, system))).toEqual(names(broken(setting)));
  });

  // A task of the batch that closes the windows is handed what an attempt at the batch before had asked
  // for. A task's call waits for its own answer.
  it('misses windows: a queue that forgets for which call an answer is counts a record twice', () => {
    const windows = { ...stream, operator: 'aggregate' } as const;
    const setting = { topic: two, stream: windows, bounds, faults: both };
    const system = queued(pipeline(setting), late, 1);
    expect([names(broken(setting, system)), names(broken(setting))]).toEqual([
      ['noRecordIsInTheSinkTwice'],
      [],
    ]);
  });
});
