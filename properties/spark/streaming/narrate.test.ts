/** How runs of a streaming query are told. Longer stories: models/spark/streaming/scenarios. */
import { expect, test } from 'vitest';
import { type Design, streamingDesigns } from '../../../models/spark/streaming/designs/index.ts';
import {
  defaults,
  evidence,
  narrate,
  type StreamingOptions,
  sound,
  streaming,
  words,
} from '../../../models/spark/streaming/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { movesOf, replay, type Trace } from '../../../src/schedulers/replay.ts';
import { streamingClaims, subjectOf } from './index.ts';

const optionsOf = ({ setting, rules }: Design): StreamingOptions => ({
  ...defaults,
  ...setting,
  rules: { ...sound, ...rules },
});

/** The shortest counterexample of a design, with what the claim shows. */
function caught(design: Design): { trace: Trace; told: string[][]; facts: string[] } {
  const options = optionsOf(design);
  const system = streaming(options);
  const claim = streamingClaims(subjectOf(options)).find(({ name }) => name === design.breaks)!;
  const [found] = explore(system, [claim]).results;
  const trace = replay(system, movesOf(system, found!.moves!));
  return {
    trace,
    told: narrate(trace),
    facts: evidence(trace, found!.violation?.witness ?? null),
  };
}
const designed = (id: string): Design => streamingDesigns.find((design) => design.id === id)!;
/** What is told from step `from` on, counted from zero, and the evidence. */
const tail = (id: string, from: number): string[] => {
  const { told, facts } = caught(designed(id));
  return [...told.slice(from).map((sentences) => sentences.join(' ')), ...facts];
};

test('a crash in the middle of a write leaves half a file', () => {
  expect(tail('X01', 4)).toEqual([
    'driver1 crashes (it was about to rename the offset entry) and leaves half of offsets/0.',
    'Record 0: produced in step 2, at the end not in the sink.',
    'At the end driver1 is down; checkpoint: newest offsets/0, no commit.',
  ]);
});

test('a lost write that is said to be there', () => {
  expect(tail('X12', 3)).toEqual([
    'driver1 writes offsets/0 (up to [1]): the write is lost, and the store says that it is there.',
    'Record 0: produced in step 2, at the end not in the sink.',
    'At the end driver1 is walWritten; checkpoint: it is empty.',
  ]);
});

test('a race of two drivers of which the loser is not told', () => {
  expect(tail('X04', 5)).toEqual([
    'driver2 asks Kafka for the end offsets: [1]. Batch 0 is to run from [0] to [1].',
    'driver2 looks for offsets/0: it is not there.',
    'driver1 writes offsets/0 (up to [1]).',
    'driver2 writes offsets/0 (up to [1]): it is there already, and nobody is told.',
    'Record 0: produced in step 3, in offsets/ in step 8, at the end not in the sink.',
    'At the end driver1 is walWritten, driver2 is walWritten; checkpoint: newest offsets/0, no commit.',
  ]);
});

test('commits ahead of offsets run a committed batch again', () => {
  expect(tail('B11', 22)).toEqual([
    'driver1 crashes (it was past the commit log).',
    'The newest file of offsets/ is lost.',
    'driver1 starts and reads the checkpoint: newest offsets/0, newest commits/1. The last logged batch, 0, runs again, from [0] to [1].',
    'driver1 plans batch 0.',
    'driver1 submits batch 0: its tasks are launched.',
    'Record 0: produced in step 2, in offsets/ in step 4, in commits/ in step 11, seen by readers in step 7, at the end in the sink once.',
    'Record 1: produced in step 13, in offsets/ in step 15, in commits/ in step 22, seen by readers in step 18, at the end in the sink once.',
    'At the end driver1 is running; checkpoint: newest offsets/0, newest commits/1.',
  ]);
});

test('asynchronous logs are handed to the writing thread', () => {
  expect(tail('B21', 12)).toEqual([
    'driver1 asks Kafka for the end offsets: [2]. Batch 0 is to run from [0] to [2].',
    'driver1 hands offsets/0 to its writing thread.',
    'driver1 plans batch 0.',
    'driver1 submits batch 0; the sink has it already, its plan runs without output.',
    'The writing thread of driver1 writes offsets/0.',
    'driver1-task1 reads [0, 2) of partition 0: records 0 and 1. It writes out records 0 and 1.',
    'driver1-task1 reports to its driver.',
    'driver1 commits batch 0 to the sink.',
    'driver1 has seen the end of batch 0.',
    'driver1 hands commits/0 to its writing thread.',
    'The writing thread of driver1 writes commits/0.',
    'Record 1: produced in step 12, in offsets/ in step 17, in commits/ in step 23, at the end not in the sink.',
    'At the end driver1 is commitWritten; checkpoint: newest offsets/0, newest commits/0.',
  ]);
});

test('state is loaded and saved by version', () => {
  expect(tail('X05', 10).slice(1, 5)).toEqual([
    'driver1-task1 reads [0, 1) of partition 0: record 0. It loads the state of version 0. It saves the state as version 1.',
    'driver1-task1 writes out record 0.',
    'driver1-task1 reports to its driver.',
    'driver1 commits batch 0 to the sink. Readers of the sink see record 0.',
  ]);
});

const all = streamingDesigns.map((design): [string, Design] => [design.id, design]);

test.each(all)('%s is told step by step, without a gap', (_, design) => {
  const { trace, told, facts } = caught(design);
  expect(told.map((sentences) => sentences.length > 0)).toEqual(trace.steps.map(() => true));
  const text = [...told.flat(), ...facts].join('\n');
  expect(text.match(/undefined|null|NaN|\[object|: [A-Z_]+\.$/m)).toBeNull();
});

test.each(all)('%s has a command of its own for each stimulus', (_, design) => {
  const { stimuli } = streaming(optionsOf(design));
  const commands = stimuli.map(words);
  expect(commands.filter((one, at) => commands.indexOf(one) !== at)).toEqual([]);
  expect(commands.filter((one) => /[A-Z]{2}/.test(one))).toEqual([]);
});
