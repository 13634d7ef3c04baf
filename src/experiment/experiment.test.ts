/** Which runs an experiment has, in which order, and what is refused. */
import { expect, test } from 'vitest';
import { BUILTINS } from './builtin/index.ts';
import { type ExperimentInput, experimentOf, someCells, unitsOf } from './experiment.ts';
import { FAULT_KINDS, kafkaSetting } from './setting.ts';

const input: ExperimentInput = {
  base: { kafka: { brokers: 5 } },
  vary: {
    'spark.workers': [2, 3],
    copies: [2, 3].map((value) => ({
      value,
      set: { 'kafka.replicationFactor': value, 'kafka.minInsyncReplicas': value - 1 },
    })),
    lasts: [1, 60].map((value) => ({ value, set: { 'fault.seconds': value } })),
  },
  scenarios: { killed: [{ kind: 'leaderKilled', at: 20 }], calm: [] },
  seeds: 3,
};
const file = 'mine.yaml';
const unitsFor = (more: object) => unitsOf(experimentOf({ ...input, ...more }, file), file);

test('cells are the combinations, the first name slowest, each under every scenario', () => {
  const units = unitsFor({});
  expect(units).toHaveLength(16);
  expect(
    units.map(({ cell, fault, firstRun }) => `${cell} ${fault} ${firstRun}`).slice(0, 5),
  ).toEqual(['0 killed 0', '0 calm 3', '1 killed 6', '1 calm 9', '2 killed 12']);
  const { settings, setting } = units[6]!;
  expect(settings).toEqual({ 'spark.workers': 2, copies: 3, lasts: 60 });
  const { brokers, replicationFactor, minInsyncReplicas, acks } = setting.kafka;
  expect([brokers, replicationFactor, minInsyncReplicas, acks]).toEqual([5, 3, 2, 'all']);
  expect(setting.faults).toEqual([
    { kind: 'leaderKilled', at: 20, seconds: 60, during: 'any', factor: 50 },
  ]);
});

test('a unit is told from any other by its setting, and by what its recording holds', () => {
  expect(new Set(unitsFor({}).map(({ of }) => of)).size).toBe(12);
  const recorded = { base: { workload: { kind: 'recorded', file: 'a.csv' } }, vary: {} };
  const experiment = experimentOf({ ...input, ...recorded }, file);
  const [a, b] = ['x', 'y'].map((text) => unitsOf(experiment, file, () => text)[0]!.of);
  expect(a === b).toBe(false);
});

test('some cells are spread over all, and fewer are among more', () => {
  const paper = experimentOf(BUILTINS.paper!.experiment, 'paper');
  const units = unitsOf(paper, 'paper');
  const cellsIn = (count: number) => [...new Set(someCells(units, count).map(({ cell }) => cell))];
  expect(cellsIn(6)).toEqual([0, 43, 82, 164, 203, 285]);
  expect(cellsIn(12)).toEqual(expect.arrayContaining(cellsIn(6)));
  expect(cellsIn(1000)).toHaveLength(324);
});

test('what comes with Holdfast has as many runs as it says, and all can be made', () => {
  const sizes = Object.entries(BUILTINS).map(([name, { experiment }]) => {
    const read = experimentOf(experiment, name);
    const units = unitsOf(read, name).length;
    return `${name}: ${units} units of ${read.seeds}`;
  });
  expect(sizes).toEqual([
    'paper: 972 units of 20',
    'partition-loss: 120 units of 5',
    'gray: 27 units of 5',
    'proactive: 14 units of 10',
    'saturation: 54 units of 5',
    'timeouts: 72 units of 5',
  ]);
});

test("the paper's grid says nothing twice, and acknowledges what one broker may not lose", () => {
  const units = unitsOf(experimentOf(BUILTINS.paper!.experiment, 'paper'), 'paper');
  expect(new Set(units.map(({ of }) => of)).size).toBe(972);
  const settled = units.map(({ setting: { kafka } }) => {
    const { acks, minInsyncReplicas, replicationFactor } = kafka;
    return `${acks} ${minInsyncReplicas} of ${replicationFactor}`;
  });
  expect([...new Set(settled)]).toEqual(['all 1 of 2', 'all 2 of 3']);
});

test.each<[string, object, string]>([
  [
    'a word that is no part of an experiment',
    { seed: 3 },
    'mine.yaml: "seed" is no key of the experiment; did you mean seeds? (known are title, base, vary, ' +
      'scenarios, seeds)',
  ],
  ['no scenario', { scenarios: {} }, 'mine.yaml: scenarios: expected at least one scenario'],
  [
    'a value that no setting has',
    { vary: { 'kafka.acks': ['most'] } },
    'mine.yaml: killed, kafka.acks most: kafka.acks is "most"; known are 0, 1, all',
  ],
  [
    'a number where YAML needs quotes',
    { vary: { 'kafka.acks': [1] } },
    'mine.yaml: killed, kafka.acks 1: kafka.acks is the number 1; write it in quotes',
  ],
  [
    'one value where a list of them is due',
    { vary: { 'kafka.brokers': 3 } },
    'mine.yaml: vary.kafka.brokers is "3"; expected a list',
  ],
  [
    'a value that is neither plain nor named',
    { vary: { 'kafka.brokers': [[3]] } },
    'mine.yaml: vary.kafka.brokers.0 is a list; expected a value, or { value, set: { path: value } }',
  ],
  [
    'a list of values that is empty',
    { vary: { 'kafka.brokers': [] } },
    'mine.yaml: vary.kafka.brokers is empty; give at least one',
  ],
  ['no scenarios at all', { scenarios: undefined }, 'mine.yaml: scenarios is missing; add it'],
  ['a count of none', { seeds: 0 }, 'mine.yaml: seeds is 0; expected at least 1'],
  [
    'a word that one kind of workload has not',
    { base: { workload: { kind: 'synthetic', mesageBytes: 1 } }, vary: {} },
    'mine.yaml: killed: "mesageBytes" is no key of workload; did you mean messageBytes? (known are ' +
      'kind, messagesPerSecond, messageBytes, bursts, keys, skew, file, speed)',
  ],
  [
    'a setting that there is not',
    { vary: { 'kafka.brokrs': [3] } },
    'mine.yaml: killed, kafka.brokrs 3: "brokrs" is no key of kafka; did you mean brokers? (known ' +
      `are ${Object.keys(kafkaSetting.shape).join(', ')})`,
  ],
  [
    'a name that is no path',
    { vary: { workers: [3] } },
    'mine.yaml: killed, workers 3: "workers" is no path of a setting; write it as kafka.acks or ' +
      'fault.seconds, or give each value as { value, set: { path: value } }',
  ],
  [
    'a fault that there is not',
    { scenarios: { odd: [{ kind: 'meteor' }] }, vary: {} },
    `mine.yaml: odd: faults.0.kind is "meteor"; known are ${FAULT_KINDS.join(', ')}`,
  ],
  [
    'more copies than brokers',
    { vary: { 'kafka.replicationFactor': [3, 7] } },
    'mine.yaml: killed, kafka.replicationFactor 7: replication factor 7 is more than 5 brokers; add ' +
      'brokers, or lower it',
  ],
  [
    'idempotence that Kafka refuses',
    { vary: { 'kafka.acks': ['1'] } },
    'mine.yaml: killed, kafka.acks 1: idempotence needs acks=all, and acks is 1; set ' +
      'kafka.idempotence to false',
  ],
  [
    'a run that ends too soon',
    { base: { seconds: 30 }, vary: {} },
    'mine.yaml: killed: a run of 30 s ends before anything is in the sink; give it more than 30 s',
  ],
  [
    'a delivery that has no time for one request',
    { vary: { 'kafka.deliveryTimeoutMs': [10_000] } },
    'mine.yaml: killed, kafka.deliveryTimeoutMs 10000: delivery.timeout.ms is 10000, less than ' +
      'linger.ms and request.timeout.ms together (30005); raise it',
  ],
])('%s is refused', (_, more, sentence) => {
  expect(() => unitsFor(more)).toThrow(expect.objectContaining({ message: sentence }));
});
