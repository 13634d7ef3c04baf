/** Processes, coordinators, partitions and group as one system, ready to be checked. */
import {
  type Budget,
  type Component,
  defineSystem,
  type LinkRule,
  type Stimulus,
  type System,
} from '../../../src/model/index.ts';
import { coordinator } from './coordinator.ts';
import { group } from './group.ts';
import { ledger } from './ledger.ts';
import { network, networkStimuli } from './network.ts';
import {
  coordinatorOf,
  optionsOf,
  partitionsOf,
  producersOf,
  type TransactionsOptions,
  type TransactionsSetting,
} from './options.ts';
import { partition } from './partition.ts';
import { producer } from './producer.ts';

/** The system that `given` describes; what is not given is as in `defaults`. */
export function transactions(given: TransactionsSetting = {}): System {
  const options = optionsOf(given);
  const { workload, faults, bounds } = options;
  const producers = producersOf(options);
  const partitions = partitionsOf(options);
  const coordinators = coordinatorsOf(options);
  const made = (names: readonly string[], make: (name: string) => Component) =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  const most = ['lostMessage', 'producerCrash', 'brokerCrash'].reduce(
    (sum, fault) => sum + (faults[fault] ?? 0),
    0,
  );
  return defineSystem({
    name: 'kafka transactions',
    components: {
      ...made(producers, (name) => producer(options, name)),
      ...made(coordinators, (name) => coordinator(options, name)),
      ...made(partitions, (name) => partition(options, name)),
      ...(workload === 'transform' && { group: group(options) }),
      network,
      ledger: ledger(options),
    },
    stimuli: [
      ...producers.flatMap((name, at) => producerStimuli(options, name, at > 0)),
      ...coordinators.flatMap((name) => coordinatorStimuli(options, name, partitions)),
      ...partitions.map((to) => stimulus(to, { type: 'APPEND' }, 'protocol')),
      ...(workload === 'transform' ? [stimulus('group', { type: 'MATERIALISE' }, 'protocol')] : []),
      ...networkStimuli(most),
    ],
    links: losses(producers, coordinators, partitions),
    budget: faults,
    bounds: { ...bounds },
  });
}

/** The coordinators of all transactional.ids. */
export const coordinatorsOf = (options: TransactionsOptions): string[] => [
  ...new Set(producersOf(options).map((name) => coordinatorOf(options, name))),
];

/** A connection breaks: what was on it is lost, or read late. */
const breaks = { lostMessage: 1 };

const stimulus = (
  to: string,
  event: { type: string; [key: string]: unknown },
  kind: Stimulus['class'],
  cost?: Budget,
): Stimulus => ({ to, event, class: kind, ...(cost && { cost }) });

function producerStimuli(
  { lateKinds, workload }: TransactionsOptions,
  to: string,
  isSuccessor: boolean,
): Stimulus[] {
  const ends = (isLate: boolean): Stimulus[] =>
    ['COMMIT', 'ABORT'].map((type) =>
      isLate
        ? stimulus(to, { type, isLate }, 'fault', breaks)
        : stimulus(to, { type, isLate }, 'client'),
    );
  const send = (lateness: string, cost?: Budget): Stimulus =>
    stimulus(to, { type: 'SEND', lateness }, cost ? 'fault' : 'client', cost);
  return [
    ...(isSuccessor
      ? [
          stimulus(to, { type: 'START' }, 'client'),
          stimulus(to, { type: 'START_BESIDE' }, 'fault', { zombieProducer: 1 }),
        ]
      : []),
    stimulus(to, { type: 'INIT' }, 'client'),
    ...(workload === 'transform' ? [stimulus(to, { type: 'FETCH_POSITION' }, 'client')] : []),
    send('none'),
    ...(lateKinds.includes('produce') ? [send('request', breaks)] : []),
    ...(lateKinds.includes('append') ? [send('append', breaks)] : []),
    send('crash', { producerCrash: 1 }),
    ...ends(false),
    ...(lateKinds.includes('endTxn') ? ends(true) : []),
    stimulus(to, { type: 'GIVE_UP' }, 'client'),
    stimulus(to, { type: 'CRASH' }, 'fault', { producerCrash: 1 }),
  ];
}

/** Time may run out at any moment: transaction.timeout.ms is the coordinator's own clock. */
function coordinatorStimuli(
  { lateKinds }: TransactionsOptions,
  to: string,
  partitions: readonly string[],
): Stimulus[] {
  const marker = (partition: string, isLate: boolean) => ({
    type: 'SEND_MARKER',
    partition,
    isLate,
  });
  const crash = (inFlight: string | null): Stimulus =>
    stimulus(to, { type: 'FAIL_OVER', inFlight }, 'fault', { brokerCrash: 1 });
  return [
    ...partitions.map((name) => stimulus(to, marker(name, false), 'protocol')),
    ...(lateKinds.includes('marker') ? partitions : []).map((name) =>
      stimulus(to, marker(name, true), 'fault', breaks),
    ),
    stimulus(to, { type: 'COMPLETE' }, 'protocol'),
    stimulus(to, { type: 'TIME_OUT' }, 'protocol'),
    crash(null),
    ...partitions.map((name) => crash(name)),
  ];
}

/**
 * Requests of clients and their answers may be lost, and so may markers. Between a partition's leader
 * and the coordinator nothing is: a verification that is lost is a produce request that is lost.
 */
function losses(
  producers: readonly string[],
  coordinators: readonly string[],
  partitions: readonly string[],
): LinkRule[] {
  const loss = breaks;
  const isTold = [...producers];
  return [
    { from: producers, types: ['PREDECESSOR_ENDED', 'DELAY', 'JOIN_GROUP'] },
    { from: producers, to: ['ledger'] },
    { from: producers, loss },
    { to: isTold, types: ['JOINED', 'PREDECESSOR_ENDED'] },
    { from: ['network'] },
    { to: isTold, loss },
    { from: coordinators, types: ['WRITE_TXN_MARKER'], loss },
    { from: partitions, types: ['MARKER_WRITTEN'], loss },
  ];
}
