/** A Structured Streaming query with its checkpoint, source and sink, ready to be checked. */
import { defineSystem, type Stimulus, type System } from '../../../src/model/index.ts';
import { checkpoint } from './checkpoint.ts';
import { driver } from './driver.ts';
import { driverStimuli } from './driver-stimuli.ts';
import { ledger } from './ledger.ts';
import { logWriter, logWriterStimuli, writerOf } from './log-writer.ts';
import type { StreamingOptions } from './options.ts';
import { sound } from './rules.ts';
import { sink } from './sink.ts';
import { source, sourceStimuli } from './source.ts';
import { state } from './state.ts';
import { tasks } from './task.ts';

export const defaults: StreamingOptions = {
  sink: 'file',
  storage: 'hdfs',
  mode: 'sync',
  operator: 'none',
  partitions: 2,
  startingOffsets: 'earliest',
  failOnDataLoss: true,
  isolation: 'read_uncommitted',
  aborted: [],
  eventTimes: [],
  keys: [],
  maxOffsetsPerTrigger: null,
  inherits: 'nothing',
  rules: sound,
  bounds: { records: 1, batches: 2 },
  faults: {},
};

/** The names of the drivers that `options` allow. */
export const driversOf = ({ faults }: Pick<StreamingOptions, 'faults'>): string[] =>
  (faults.secondDriver ?? 0) > 0 ? ['driver1', 'driver2'] : ['driver1'];

/** The system that `options` describe. */
export function streaming(options: Partial<StreamingOptions> = {}): System {
  const all = { ...defaults, ...options };
  const parts = driversOf(all).map((name, at) => {
    const crew = tasks(all, name);
    const writes = all.mode === 'async';
    return {
      components: {
        [name]: driver(all, name),
        ...(writes && { [writerOf(name)]: logWriter(name) }),
        ...crew.components,
      },
      stimuli: [
        ...driverStimuli(all, name, { second: at > 0 }),
        ...(writes ? logWriterStimuli(name) : []),
        ...crew.stimuli,
      ],
    };
  });
  return defineSystem({
    name: 'streaming',
    components: {
      ...Object.assign({}, ...parts.map(({ components }) => components)),
      checkpoint: checkpoint(all),
      state: state(all.partitions),
      source: source(all),
      sink: sink(all),
      ledger,
    },
    stimuli: [
      ...sourceStimuli(all.partitions),
      ...parts.flatMap(({ stimuli }) => stimuli),
      ...lostFiles,
    ],
    budget: all.faults,
    bounds: { partitions: all.partitions, ...all.bounds },
  });
}

/** A restored backup, an object store's lost file, a careless hand. */
const lostFiles: Stimulus[] = (['offsets', 'commits'] as const).map((log) => ({
  to: 'checkpoint',
  event: { type: 'LOSE_NEWEST', log } as Stimulus['event'],
  class: 'fault',
  cost: { lostFile: 1 },
}));
