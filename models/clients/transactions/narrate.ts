/**
 * A run of the model in the words of somebody who runs Kafka: for each step what was done and what
 * came of it. Only what changed is told.
 */

import type { Plain } from '../../../src/model/index.ts';
import { Scene, scenesOf, type ToldMessage, type ToldRun } from '../../../src/model/index.ts';
import type { Group } from './group.ts';
import type { Ledger } from './ledger.ts';
import type { Entry } from './log.ts';
import type { Batch, Result } from './messages.ts';

/** One step of a run of transactions. */
class Step extends Scene {
  /** The component that the step is done to. */
  get who(): string {
    return this.step.stimulus.component;
  }
  get ledger(): Ledger {
    return this.turn<Ledger>('ledger').now;
  }
  /** Components that have a log. */
  get partitions(): string[] {
    return this.components.filter((name) => Array.isArray(this.turn(name).now.log));
  }
  log(partition: string): { was: Entry[]; now: Entry[] } {
    const { was, now } = this.turn<{ log: Entry[] }>(partition);
    return { was: was.log, now: now.log };
  }
}

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export const narrate = (run: ToldRun): string[][] =>
  scenesOf(run, Step).map((step) => [
    ...(tellers[step.step.stimulus.type]?.(step) ?? [`${step.who}: ${step.step.stimulus.type}.`]),
    ...decided(step),
    ...fates(step),
    ...ended(step),
  ]);

type Teller = (step: Step) => string[];

const tellers: Readonly<Record<string, Teller>> = {
  START: ({ who }) => [`${who} starts: the process before it has ended.`],
  START_BESIDE: ({ who }) => [`${who} starts while the process before it still runs.`],
  INIT: initialises,
  FETCH_POSITION: fetchesPosition,
  SEND: sends,
  GIVE_UP: ({ who }) => [`delivery.timeout.ms has passed: ${who} gives the record up.`],
  COMMIT: (step) => endsTransaction(step, 'commit'),
  ABORT: (step) => endsTransaction(step, 'abort'),
  CRASH: ({ who }) => [`${who} dies.`],
  SEND_MARKER: marks,
  COMPLETE: (step) => {
    const { unmarked } = step.turn<{ unmarked: string[] }>(step.who).was;
    const why = unmarked.length === 0 ? 'Every marker is acknowledged: the' : 'The';
    return [`${why} coordinator logs ${logged(step.state(step.who).now)}.`];
  },
  TIME_OUT: () => ['transaction.timeout.ms has passed.'],
  FAIL_OVER: failsOver,
  APPEND: (step) => [`${step.who} comes to append the record that was verified before.`],
  DELIVER_LATE: deliversLate,
  MATERIALISE: (step) => [
    `The group's cache takes in the marker: offset ${cached(step)} is committed.`,
  ],
};

/** PREPARE_COMMIT of `prepareCommit`. */
const logged = (state: string): string => state.replace(/[A-Z]/, '_$&').toUpperCase();
const past = (result: Plain | undefined): string => (result === 'commit' ? 'commit' : 'abort');
const isLost = (message: ToldMessage | undefined): boolean => message?.fate === 'lost';
const cached = (step: Step): number => step.turn<Group>('group').now.committed;
const identity = ({ pid, epoch }: { [key: string]: Plain }): string =>
  `producer id ${pid}, epoch ${epoch}`;

function initialises(step: Step): string[] {
  const request = step.message('INIT_PRODUCER_ID');
  const isNew = request?.payload.expected === null;
  const lead = `${step.who} ${isNew ? 'calls initTransactions' : 'asks for a new epoch'}`;
  if (isLost(request)) return [`${lead}; the request is lost.`];
  const reply = step.message('PRODUCER_ID');
  const lost = isLost(reply) ? '; the answer is lost' : '';
  const error = reply?.payload.error ?? null;
  if (error !== null) return [`${lead} and is told ${error}${lost}.`];
  return [`${lead} and gets ${identity(reply?.payload ?? {})}${lost}.`];
}

function fetchesPosition(step: Step): string[] {
  const lead = `${step.who} asks the group where to go on`;
  const reply = step.message('OFFSET');
  if (reply === undefined || isLost(reply)) return [`${lead} and hears nothing.`];
  const { offset } = reply.payload;
  return [`${lead}: ${offset === null ? 'UNSTABLE_OFFSET_COMMIT' : `at offset ${offset}`}.`];
}

/** `T1's record for a (epoch 0)`, or its offset. */
function named(message: ToldMessage): string {
  const batch = message.payload.batch as unknown as Batch;
  const what = message.type === 'TXN_OFFSET_COMMIT' ? `offset ${batch.value}` : 'record';
  const where = message.type === 'TXN_OFFSET_COMMIT' ? '' : ` for ${message.to}`;
  return `T${batch.txn}'s ${what}${where} (epoch ${batch.epoch})`;
}

function sends(step: Step): string[] {
  const { who } = step;
  const add = step.message('ADD_PARTITIONS_TO_TXN');
  if (isLost(add)) return [`${who} adds ${add!.payload.partition}; the request is lost.`];
  const added = step.message('PARTITIONS_ADDED');
  if (isLost(added)) return [`${who} adds ${add!.payload.partition}; the answer is lost.`];
  if (added && added.payload.error !== null) {
    return [`${who} adds ${add!.payload.partition} and is told ${added.payload.error}.`];
  }
  const late = step.message('DELAY');
  if (late) {
    const message = { ...(late.payload.message as unknown as ToldMessage) };
    const sent = named({ ...message, payload: message as unknown as ToldMessage['payload'] });
    return [`${who} sends ${sent}; the connection breaks and the request stays on its way.`];
  }
  const request = step.message('PRODUCE', 'TXN_OFFSET_COMMIT')!;
  const lead = `${who} sends ${named(step.message('TXN_OFFSET_COMMIT') ?? request)}`;
  if (isLost(request)) return [`${lead}; the request is lost.`];
  return [`${lead}${outcome(step)}.`];
}

/** What became of a batch that has arrived. */
function outcome(step: Step): string {
  const reply = step.message('PRODUCE_RESPONSE');
  const refused = step.message('VERIFIED')?.payload.error ?? reply?.payload.error ?? null;
  const lost = isLost(reply) ? '; the answer is lost' : '';
  if (refused !== null) return `, which is refused: ${refused}${lost}`;
  const grown = step.partitions.find(
    (name) => step.log(name).now.length > step.log(name).was.length,
  );
  if (grown) {
    const added = step.message('VERIFY') ? 'the coordinator agrees and it is appended' : 'appended';
    return `: ${added} at offset ${step.log(grown).was.length} of ${grown}${lost}`;
  }
  const waits = step.partitions.some(
    (name) => step.turn(name).was.verified !== step.turn(name).now.verified,
  );
  if (waits) return ': the coordinator agrees, and the leader has yet to append it';
  if (step.message('TXN_OFFSET_COMMIT') && !step.message('PRODUCE')) return ': committed at once';
  return reply ? `, which is there already${lost}` : ', to no effect';
}

function endsTransaction(step: Step, result: Result): string[] {
  const late = step.message('DELAY');
  const request = step.message('END_TXN');
  const epoch = request?.payload.epoch ?? (late?.payload.message as { epoch?: Plain })?.epoch;
  const lead = `${step.who} sends EndTxn (${result}, epoch ${epoch})`;
  if (late) return [`${lead}; the connection breaks and the request stays on its way.`];
  if (isLost(request)) return [`${lead}; the request is lost.`];
  return [`${lead}${answered(step)}.`];
}

function answered(step: Step): string {
  const reply = step.message('END_TXN_RESPONSE');
  if (reply === undefined) return '';
  if (isLost(reply)) return '; the answer is lost';
  const { error } = reply.payload;
  return error === null ? ` and is told that it is done` : ` and is told ${error}`;
}

function marks(step: Step): string[] {
  const { partition, isLate } = step.step.stimulus.payload;
  const late = step.message('DELAY');
  const marker = step.message('WRITE_TXN_MARKER');
  const { result, epoch } = (late?.payload.message ?? marker!.payload) as { [key: string]: Plain };
  const lead = `The coordinator sends the ${past(result)} marker (epoch ${epoch}) to ${partition}`;
  if (isLate) return [`${lead}; the connection breaks and the request stays on its way.`];
  if (isLost(marker)) return [`${lead}; it is lost.`];
  return [`${lead}${taken(step)}.`];
}

/** What a partition makes of a marker. */
function taken(step: Step): string {
  const written = step.message('MARKER_WRITTEN');
  const error = written?.payload.error ?? null;
  if (error !== null) return `, which refuses it: ${error}; the coordinator gives up`;
  return isLost(written) ? '; the answer is lost' : '';
}

function failsOver(step: Step): string[] {
  const { inFlight } = step.step.stimulus.payload;
  const epoch = step.turn(step.who).now.coordinatorEpoch;
  return [
    `The coordinator's broker crashes; another one reads the transaction log (coordinator epoch ${epoch}).`,
    ...(inFlight === null ? [] : [`A marker for ${inFlight} is still on its way.`]),
  ];
}

function deliversLate(step: Step): string[] {
  const message = step.step.stimulus.payload.at === undefined ? undefined : step.step.messages[0];
  if (message === undefined) return [];
  if (message.type === 'END_TXN') {
    const { result, epoch } = message.payload;
    const ignored = step.message('DECIDED') ? '' : ', to no effect';
    return [`The late EndTxn (${result}, epoch ${epoch}) arrives${ignored}.`];
  }
  if (message.type === 'WRITE_TXN_MARKER') {
    const { result, epoch } = message.payload;
    return [`The late ${past(result)} marker (epoch ${epoch}) arrives at ${message.to}.`];
  }
  return [`${named(message).replace(/^/, 'Late, ')} arrives${outcome(step)}.`];
}

/** The decision that a step logged. */
function decided(step: Step): string[] {
  const message = step.message('DECIDED');
  if (!message) return [];
  const { coordinator, result } = message.payload;
  const { was, now } = step.turn<{ epoch: number }>(String(coordinator));
  const raised = now.epoch > was.epoch ? ` and raises the epoch to ${now.epoch}` : '';
  return [`The coordinator logs PREPARE_${past(result).toUpperCase()}${raised}.`];
}

/** Records whose fate a marker decided. */
function fates(step: Step): string[] {
  return step.partitions.flatMap((name) => {
    const { was, now } = step.log(name);
    const changed = was.filter(({ fate }, at) => fate !== now[at]!.fate);
    if (changed.length === 0) return [];
    const told = changed.map(({ txn }) => `T${txn}'s record`).join(' and ');
    const verb = changed.length > 1 ? 'are' : 'is';
    return [`In ${name} ${told} ${verb} ${now[was.indexOf(changed[0]!)]!.fate}.`];
  });
}

/** A process that was refused for good. */
function ended(step: Step): string[] {
  if (step.step.stimulus.type === 'CRASH') return [];
  const died = step.get('lateness') === 'crash' ? 'dies' : 'ends: it is fenced';
  return step.components
    .filter((name) => step.state(name).was !== 'ended' && step.state(name).now === 'ended')
    .map((name) => `${name} ${died}.`);
}

/** What became of the transactions that matter, partition by partition, at the end of a run. */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const last = scenesOf(run, Step).at(-1);
  if (!last) return [];
  const shown = (witness as { txn?: Plain } | null)?.txn;
  const all = [...new Set(last.partitions.flatMap((name) => last.log(name).now.map((e) => e.txn)))];
  const txns = typeof shown === 'number' ? [shown] : all.sort((a, b) => a - b);
  return txns.flatMap((txn) => [
    `T${txn}: ${wish(txn, last.ledger)}.`,
    ...last.partitions.map((name) => `${name}: ${records(txn, last.log(name).now)}`),
  ]);
}

function wish(txn: number, { asked, told, barred }: Ledger): string {
  if (told.includes(txn)) return 'its application was told that it is committed';
  if (barred.includes(txn)) return 'its process was fenced before it asked to commit';
  return asked.includes(txn)
    ? 'its application asked to commit it and was told nothing'
    : 'its application never asked to commit it';
}

function records(txn: number, log: readonly Entry[]): string {
  const own = log.flatMap((entry, offset) =>
    entry.txn === txn ? [`${entry.fate} at offset ${offset}`] : [],
  );
  return own.length === 0 ? 'nothing of it' : own.join(', ');
}
