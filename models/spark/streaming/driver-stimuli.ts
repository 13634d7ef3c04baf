/** What may happen to a driver: its own steps, and the faults of it and of its calls. */
import type { Budget, Plain, Stimulus } from '../../../src/model/index.ts';
import type { StreamingOptions } from './options.ts';

type Event = Stimulus['event'] & Record<string, Plain>;

/** The stimuli of the driver `name`; `second`: one that somebody starts beside the first. */
export function driverStimuli(
  options: StreamingOptions,
  name: string,
  { second }: { second: boolean },
): Stimulus[] {
  const { mode, storage, partitions, faults } = options;
  const of = (event: Event, kind: Stimulus['class'], cost?: Budget): Stimulus => ({
    to: name,
    event,
    class: kind,
    ...(cost && { cost }),
  });
  const step = (type: string, more: object = {}): Stimulus => of({ type, ...more }, 'protocol');
  const fault = (event: Event, cost: Budget): Stimulus[] =>
    Object.keys(cost).every((kind) => (faults[kind] ?? 0) > 0) ? [of(event, 'fault', cost)] : [];
  const fetch = (answer: string) => ({ type: 'FETCH_OFFSETS', answer });
  const wal = { type: 'WRITE_WAL', lost: false, persist: true };
  const commit = { type: 'WRITE_COMMIT', lost: false };
  const submit = { type: 'SUBMIT', coalesced: false };
  const start = { type: 'START', stale: null };
  const crash = { type: 'CRASH', torn: null, survivor: null };
  const logs = ['offsets', 'commits'];
  const tasks = Array.from({ length: partitions }, (_, task) => task);
  return [
    second ? of(start, 'fault', { secondDriver: 1 }) : of(start, 'repair'),
    of(fetch('right'), 'protocol'),
    of(wal, 'protocol'),
    ...(mode === 'async' ? [of({ ...wal, persist: false }, 'protocol')] : []),
    step('PLAN'),
    of(submit, 'protocol'),
    step('COMMIT_SINK'),
    step('UPDATE_WATERMARK'),
    of(commit, 'protocol'),
    step('ADVANCE'),
    ...fault(crash, { driverCrash: 1 }),
    ...tasks.flatMap((survivor) =>
      fault({ ...crash, survivor }, { driverCrash: 1, zombieWrite: 1 }),
    ),
    // On hdfs a file is whole or not there.
    ...(storage === 'hdfs' ? [] : logs).flatMap((torn) =>
      fault({ ...crash, torn }, { driverCrash: 1, tornFile: 1 }),
    ),
    ...fault({ ...wal, lost: true }, { lostWrite: 1 }),
    ...fault({ ...commit, lost: true }, { lostWrite: 1 }),
    ...fault(fetch('stale'), { staleEndOffsets: 1 }),
    ...fault(fetch('empty'), { emptyMetadata: 1 }),
    ...(partitions > 1 ? fault({ ...submit, coalesced: true }, { repartitioned: 1 }) : []),
    ...(second ? [] : logs.flatMap((stale) => fault({ ...start, stale }, { staleListing: 1 }))),
    ...(second ? [] : fault({ type: 'DELETE_CHECKPOINT' }, { checkpointDeleted: 1 })),
  ];
}
