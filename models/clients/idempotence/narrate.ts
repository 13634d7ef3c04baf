/**
 * A run of the model in the words of somebody who runs Kafka: for each step what was done, and what
 * came of it. And its evidence: what became of each record.
 */
import type { Plain, ToldRun } from '../../../src/model/index.ts';
import { NONE, type Produce, type ProduceResponse, type Stored } from './messages.ts';
import type { Broker } from './replica.ts';
import { type Scene, scenesOf } from './scene.ts';
import type { Outcome, Producer } from './sequences.ts';

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export function narrate(run: ToldRun): string[][] {
  return scenesOf(run).map((scene) => {
    const { type, component } = scene.step.stimulus;
    const told = tellers[type]?.(scene) ?? [`${component}: ${type}.`];
    return [...told, ...comesOf(scene)].filter((sentence) => sentence !== '');
  });
}

type Teller = (scene: Scene) => string[];
const by = ({ step }: Scene): string => step.stimulus.component;
const named = (scene: Scene): string => String(scene.get('broker'));

const tellers: Readonly<Record<string, Teller>> = {
  SEND: (s) => [sending(s)],
  SEND_AGAIN: (s) => [sending(s, ' again')],
  READ: (s) => [`${by(s)} reads the request with ${nextOf(s.broker(by(s)).was.inbox)}${taken(s)}.`],
  READ_LATE: (s) => {
    const { late } = s.broker(by(s)).was;
    const requests = late[Number(s.get('connection'))] ?? [];
    const lead = `${by(s)} reads a request of a connection that broke before: ${nextOf(requests)}`;
    return [`${lead}${taken(s)}. Nobody hears its answer.`];
  },
  ANSWER: answered,
  FETCH_ROUND: fetched,
  TELL_CLIENT: (s) => [`The producer hears that ${s.producer.now.leader} leads.`],
  TELL_DEPOSED: (s) => [`${s.cluster.was.deposed} learns that ${s.cluster.now.leader} leads.`],
  CUT: (s) => [`${s.cluster.was.leader} is cut off; ${s.cluster.now.leader} is elected.`],
  PAUSE: (s) => [`${s.cluster.was.leader} pauses; ${s.cluster.now.leader} is elected.`],
  SHUT_DOWN: (s) => [
    `${s.cluster.was.leader} is shut down in good order and hands leadership to ${s.cluster.now.leader}.`,
  ],
  BREAK: (s) => {
    const { was } = s.broker(named(s));
    const left = was.inbox.length > 0 ? `; ${batches(was.inbox)} may still be read there` : '';
    return [`The connection between the producer and ${named(s)} breaks${left}.`];
  },
  CRASH: (s) => {
    const { was, now } = s.cluster;
    const next = now.leader === null ? 'Nobody leads.' : `${now.leader} is elected.`;
    const elected = was.leader === now.leader ? '' : next;
    return [`${named(s)} crashes; its log stays on its disk.`, elected];
  },
  RESTART: (s) => [`${named(s)} restarts and holds ${contents(s.broker(named(s)).now)}.`],
  PASS_DEADLINE: (s) => [`delivery.timeout.ms is over for record ${s.producer.now.overdue - 1}.`],
  EXPIRE: () => ['The producer fails what is out of time.'],
  EXPIRE_STATE: (s) => [`${by(s)} forgets the producer: producer.id.expiration.ms is over.`],
  FALL_SILENT: (s) => [
    `The application writes nothing for producer.id.expiration.ms, and ${named(s)} forgets the producer.`,
  ],
};

function sending(scene: Scene, again = ''): string {
  const { to, payload } = scene.message('PRODUCE')!;
  return `The producer sends ${batchText((payload as unknown as Produce).batch)} to ${to}${again}.`;
}

const batchText = ({ record, epoch, seq }: Stored): string =>
  epoch === NONE ? `record ${record}` : `record ${record} (epoch ${epoch}, sequence ${seq})`;
const batches = (all: readonly Stored[]): string =>
  `${all.length === 1 ? 'record' : 'records'} ${all.map(({ record }) => record).join(', ')}`;
const nextOf = (requests: readonly Stored[]): string =>
  requests[0] === undefined ? 'nothing' : batchText(requests[0]);

/** What a broker made of the request it read. */
function taken(scene: Scene): string {
  const { was, now } = scene.broker(by(scene));
  if (now.log.length > was.log.length) return ` and appends it at offset ${was.log.length}`;
  const reply = now.outbox.length > was.outbox.length ? now.outbox.at(-1) : undefined;
  if (reply?.error) return ` and refuses it: ${reply.error}`;
  const offset = reply?.offset ?? (now.serving !== was.serving ? now.serving?.offset : undefined);
  return offset == null ? ' and appends nothing' : `, knows it, and finds it at offset ${offset}`;
}

function answered(scene: Scene): string[] {
  const { record, error, offset } = scene.message('PRODUCE_RESPONSE')!
    .payload as unknown as ProduceResponse;
  const says = error ?? `record ${record} is at offset ${offset}`;
  return [
    `${by(scene)} answers the producer: ${error === null ? says : `${says} for record ${record}`}.`,
  ];
}

function fetched(scene: Scene): string[] {
  const { was, now } = scene.broker(by(scene));
  const gone = was.log.filter((batch) => !now.log.some((other) => isSame(batch, other)));
  const cut = gone.length > 0 ? `, cuts off ${batches(gone)}` : '';
  return [
    `${by(scene)} fetches from its leader${cut} and holds ${contents(now)}${now.log.length > 0 ? ', all committed' : ''}.`,
  ];
}

const isSame = (a: Stored, b: Stored): boolean =>
  a.record === b.record && a.epoch === b.epoch && a.seq === b.seq;
const contents = ({ log }: Broker): string => (log.length === 0 ? 'nothing' : batches(log));

/** What the producer made of it. */
function comesOf(scene: Scene): string[] {
  const { was, now } = scene.producer;
  const settled = (outcome: Outcome): number[] =>
    now.outcomes.flatMap((known, record) =>
      known === outcome && was.outcomes[record] !== outcome ? [record] : [],
    );
  const say = (outcome: Outcome, text: (record: number) => string): string[] =>
    settled(outcome).map(text);
  const back = now.queue.filter(({ record }) => !was.queue.some((b) => b.record === record));
  const queue = now.queue.map(({ record }) => record);
  return [
    ...say('acknowledged', (record) => `Record ${record} is acknowledged.`),
    ...say('failed', (record) => `The send of record ${record} fails: it was not written.`),
    ...say('unknown', (record) => `The send of record ${record} fails; it may have been written.`),
    ...(back.length > 0 ? [`The producer will send again ${queue.join(', then ')}.`] : []),
    ...(now.epoch > was.epoch ? [raised(now)] : []),
  ];
}

function raised({ epoch, queue, flights }: Producer): string {
  const renumbered = [...queue, ...flights.filter(({ over }) => !over).map(({ batch }) => batch)];
  const names = renumbered.map(({ record, seq }) => `record ${record} as sequence ${seq}`);
  const those = names.length > 0 ? ` and numbers anew ${names.join(', ')}` : '';
  return `The producer raises its epoch to ${epoch}${those}.`;
}

/**
 * What became of the records, and the logs at the end.
 * @param witness what the violated claim shows: a `record` in it is the one that is told of.
 */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const scenes = scenesOf(run);
  const last = scenes.at(-1);
  if (!last) return [];
  const record = (witness as { record?: Plain } | null)?.record;
  const records =
    typeof record === 'number' ? [record] : last.producer.now.outcomes.map((_, i) => i);
  return [
    ...records.map((one) => `Record ${one}: ${attempts(scenes, one)}; ${fate(last, one)}.`),
    ...last.brokers.map((id) => `${id}: ${logText(last.broker(id).now)}`),
  ];
}

function attempts(scenes: readonly Scene[], record: number): string {
  const steps = scenes.flatMap((scene, i) => {
    const sent = scene.message('PRODUCE')?.payload as unknown as Produce | undefined;
    return sent?.batch.record === record ? [i + 1] : [];
  });
  return steps.length === 0 ? 'never sent' : `sent in step ${steps.join(' and ')}`;
}

function fate({ producer }: Scene, record: number): string {
  const outcome = producer.now.outcomes[record]!;
  const offset = producer.now.offsets[record];
  return offset == null ? outcome : `${outcome} at offset ${offset}`;
}

function logText({ log, highWatermark }: Broker): string {
  if (log.length === 0) return 'an empty log.';
  const entries = log.map((batch, offset) => `${offset}: ${batchText(batch)}`);
  return `${entries.join(', ')}; committed below ${highWatermark}.`;
}
