/** A compacted partition with its cleaners and a reader, ready to be checked. */
import { defineSystem, type Stimulus, type System } from '../../../src/model/index.ts';
import { ledger } from './ledger.ts';
import { type CompactionOptions, optionsOf, type Setting } from './options.ts';
import { partition } from './partition.ts';
import { reader } from './reader.ts';
import { replica } from './replica.ts';
import type { Append } from './state.ts';

/** The names of the replicas; the first leads first. */
export const replicasOf = ({ replicas }: Pick<CompactionOptions, 'replicas'>): string[] =>
  ['b1', 'b2'].slice(0, replicas);

/** The system that a setting describes. */
export function compaction(setting: Setting = {}): System {
  const options = optionsOf(setting);
  const names = replicasOf(options);
  const peerOf = (name: string): string | null => names.find((one) => one !== name) ?? null;
  return defineSystem({
    name: 'compaction',
    components: {
      ...Object.fromEntries(
        names.map((name, i) => [name, replica({ options, peer: peerOf(name) }, i === 0)]),
      ),
      partition: partition(names),
      reader: reader(options, names),
      ledger,
    },
    stimuli: [
      ...names.flatMap((name) => replicaStimuli(name, options)),
      // A reader goes on until it is at the end, as a coordinator ends what a producer left open.
      ...(options.readerPace === 'any' ? [] : [read('BEGIN')]),
      read('READ'),
      ...brokerStimuli(names),
    ],
    budget: options.faults,
    bounds: { ...options.bounds },
  });
}

const read = (type: 'BEGIN' | 'READ'): Stimulus => ({
  to: 'reader',
  event: { type },
  class: 'protocol',
});

/** What producers may write: values of every key, deletions of the first, one transaction at a time. */
function appends({ bounds, transactions }: CompactionOptions): Append[] {
  const keys = Array.from({ length: bounds.keys }, (_, key) => key);
  const record = (kind: Append['kind'], key: number | null, transactional = false): Append => ({
    type: 'APPEND',
    kind,
    key,
    transactional,
  });
  return [
    ...keys.map((key) => record('put', key)),
    record('delete', 0),
    ...(transactions
      ? [record('put', 0, true), record('commit', null, true), record('abort', null, true)]
      : []),
  ];
}

function replicaStimuli(name: string, options: CompactionOptions): Stimulus[] {
  const of = (event: Stimulus['event'], kind: Stimulus['class'] = 'protocol'): Stimulus => ({
    to: name,
    event,
    class: kind,
  });
  const ends = Array.from({ length: options.bounds.records }, (_, i) => i + 1);
  return [
    ...appends(options).map((event) => of(event, event.key === null ? 'protocol' : 'client')),
    ...(options.replicas > 1 ? [of({ type: 'FETCH' })] : []),
    ...(options.policy.includes('compact')
      ? [
          ...ends.map((upTo) => of({ type: 'BEGIN_PASS', upTo } as Stimulus['event'])),
          ...(options.passes === 'inSteps'
            ? [of({ type: 'CLEAN_GROUP' }), of({ type: 'FINISH_PASS' })]
            : []),
          of({ type: 'DELETE_RETENTION_PASSES' }),
        ]
      : []),
    ...(options.policy.includes('delete') ? [of({ type: 'RETENTION_PASSES' })] : []),
  ];
}

/**
 * Faults, and what follows of itself: a broker that is back is given its leadership again
 * (auto.leader.rebalance.enable, true unless told).
 */
function brokerStimuli(names: readonly string[]): Stimulus[] {
  const of = (
    event: { type: string; broker?: string },
    kind: Stimulus['class'],
    fault?: string,
  ): Stimulus => ({ to: 'partition', event, class: kind, ...(fault && { cost: { [fault]: 1 } }) });
  return [
    ...names.map((broker) => of({ type: 'CRASH', broker }, 'fault', 'brokerCrash')),
    ...names.map((broker) => of({ type: 'RESTART', broker }, 'repair')),
    ...names.map((broker) => of({ type: 'LAG', broker }, 'fault', 'slowReplica')),
    of({ type: 'MOVE_LEADERSHIP' }, 'fault', 'leaderMove'),
    of({ type: 'REBALANCE' }, 'protocol'),
  ];
}
