/**
 * A run of the model in the words of somebody who runs Kafka: for each step one or two sentences
 * that say what was done and what came of it. Only what changed is told.
 */
import { endOffset, latestEpoch } from './log.ts';
import type { AlterPartitionError, FetchResponse, Image, ProduceResponse } from './messages.ts';
import * as say from './phrases.ts';
import type { Replica } from './replica.ts';
import { type Scene, scenesOf, type ToldMessage, type ToldRun, type Turn } from './scene.ts';

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export function narrate(run: ToldRun): string[][] {
  return scenesOf(run).map(tell);
}

/** One step in sentences. */
export function tell(scene: Scene): string[] {
  const { type, component } = scene.step.stimulus;
  const teller = type === 'DELIVER' ? deliveries[component.split(':')[0]!] : tellers[type];
  const told = teller?.(scene) ?? [`${component}: ${type}.`];
  const came = [...say.leaderNews(scene), ...say.outcomes(scene)];
  return [...told, ...came].filter((sentence) => sentence !== '');
}

type Teller = (scene: Scene) => string[];

const tellers: Readonly<Record<string, Teller>> = {
  SEND: sends,
  RETRY: sends,
  FETCH_ROUND: fetches,
  REPLICAS_LAG: lags,
  SEND_ALTER_PARTITION: proposes,
  SEND_HEARTBEAT: heartbeats,
  SHUT_DOWN: shutsDown,
  STOP: (s) => [`${by(s)} stops in good order.`, say.governed(s)],
  CRASH: (s) => dies(s, 'crashes; its log stays on its disk'),
  LOSE_POWER: (s) => dies(s, `loses power; ${say.loss(s, broker(s))}`),
  LOSE_DISK: (s) => dies(s, `loses its disk; ${say.loss(s, broker(s))}`),
  PAUSE: (s) => [`${broker(s)} pauses for longer than its session.`, say.governed(s)],
  CUT: (s) => [`${broker(s)} is cut off for longer than its session.`, say.governed(s)],
  RESTART: restarts,
  ELECT_PREFERRED: (s) => ['A preferred election is asked for.', say.governed(s)],
};

const deliveries: Readonly<Record<string, Teller>> = {
  metadata: readsMetadata,
  fetches: lateFetch,
  answers: (s) => {
    const [, id] = s.step.stimulus.component.split(':');
    return [`${id} hears the leader's late answer${answer(s, id!)}.`];
  },
};

const by = ({ step }: Scene): string => step.stimulus.component;
const broker = (scene: Scene): string => String(scene.get('broker'));
const isLost = (message: ToldMessage | undefined): boolean => message?.fate === 'lost';

function sends(scene: Scene): string[] {
  const [record, to] = [`record ${scene.get('value')}`, broker(scene)];
  const again = scene.step.stimulus.type === 'RETRY' ? ' once more' : '';
  const lead = `The producer sends ${record}${again} to ${to}`;
  const request = scene.message('PRODUCE');
  if (request?.fate !== 'delivered') return [`${lead}; the request is lost.`];
  if (scene.message('NOT_LEADER')) return [`${lead}, which does not lead.`];
  const reply = scene.message('PRODUCE_RESPONSE');
  const outcome = (reply?.payload as ProduceResponse | undefined)?.outcome;
  if (outcome === 'refused') {
    const { isr } = scene.replica(to).was.leadership!;
    const answered = isLost(reply) ? '; the answer is lost' : '';
    return [`${lead}, which refuses it: its ISR ${say.set(isr)} is too small${answered}.`];
  }
  const { was, now } = scene.replica(to);
  if (endOffset(was.log) === endOffset(now.log)) return [`${lead}, which has it already.`];
  const place = `offset ${endOffset(was.log)}, epoch ${latestEpoch(now.log)}`;
  return [`${lead}: appended at ${place}.`];
}

function fetches(scene: Scene): string[] {
  const id = by(scene);
  const query = scene.message('OFFSETS_FOR_LEADER_EPOCH');
  if (query) return asksForEpoch(scene, id, query);
  const request = scene.message('FETCH')!;
  const lead = `${id} fetches from ${request.to} at offset ${request.payload.offset}`;
  if (request.fate !== 'delivered') return [`${lead}; the request does not arrive.`];
  const refused = scene.message('FETCH_REFUSED');
  if (refused) return [`${lead} and is refused: ${say.whyRefused(scene, request)}.`];
  const response = scene.message('FETCH_RESPONSE', 'LATE_FETCH_RESPONSE');
  if (response === undefined) return [`${lead}, which does not lead.`];
  if (isLost(response)) return [`${lead}; the answer is lost.`];
  if (response.fate === 'queued') return [`${lead}; the answer stays on its way.`];
  return [`${lead}${answer(scene, id)}.`];
}

/** What a follower makes of a leader's answer. */
function answer(scene: Scene, id: string): string {
  const response = scene.message('FETCH_RESPONSE', 'LATE_FETCH_RESPONSE');
  const { entries = [], diverging } = (response?.payload ?? {}) as Partial<FetchResponse>;
  const { was, now } = scene.replica(id);
  if (diverging) {
    const end = `epoch ${diverging.epoch} ends at offset ${diverging.endOffset}`;
    return `, is told that ${end}${say.cutBack(scene, id)}`;
  }
  const grown = endOffset(now.log) - endOffset(was.log);
  const taken = entries.slice(0, grown).map(({ value, epoch }) => `${value} (epoch ${epoch})`);
  const got = taken.length > 0 ? [`gets ${say.records(taken)}`] : [];
  const marked = now.highWatermark !== was.highWatermark;
  const mark = marked ? [`learns the high watermark ${now.highWatermark}`] : [];
  const gist = [...got, ...mark].join(' and ');
  if (gist !== '') return ` and ${gist}`;
  return entries.length > 0 ? ' and ignores the answer' : say.reached(scene, id);
}

function asksForEpoch(scene: Scene, id: string, query: ToldMessage): string[] {
  const lead = `${id} asks ${query.to} where epoch ${query.payload.lastEpoch} ends`;
  const reply = scene.message('EPOCH_END_OFFSET');
  if (!reply) return [`${lead} and hears nothing.`];
  if (isLost(reply)) return [`${lead}; the answer is lost.`];
  const end = reply.payload.end as { epoch: number; endOffset: number } | null;
  const told = end
    ? `epoch ${end.epoch} ends at offset ${end.endOffset}`
    : 'it knows no such epoch';
  return [`${lead}: ${told}${say.cutBack(scene, id)}.`];
}

function lags(scene: Scene): string[] {
  const laggards = scene.get('replicas') as string[];
  const isr = say.proposed(scene.replica(by(scene)).now);
  return [`${by(scene)} finds ${say.list(laggards)} lagging and proposes ISR ${isr}.`];
}

function proposes(scene: Scene): string[] {
  const id = by(scene);
  const lead = `${id} sends its proposal, ISR ${say.proposed(scene.replica(id).was)}, to the controller`;
  const response = scene.message('ALTER_PARTITION_RESPONSE');
  const error = response?.payload.error as AlterPartitionError | null | undefined;
  const silence = isLost(response)
    ? `The answer is lost: ${id} goes on counting the old ISR and the proposed one together.`
    : '';
  if (error) return [`${lead}, which refuses it (${error}).`, silence];
  const accepted = say.phrase([say.membership(scene), say.elected(scene)]);
  return [`${lead}, which accepts it: ${accepted}.`, silence];
}

function heartbeats(scene: Scene): string[] {
  return [`A heartbeat of ${by(scene)} reaches the controller.`, say.governed(scene)];
}

function shutsDown(scene: Scene): string[] {
  const permit = scene.message('MAY_STOP');
  const silence = isLost(permit) ? 'The permission to stop is lost.' : '';
  return [`${by(scene)} asks to be shut down.`, say.governed(scene), silence];
}

function dies(scene: Scene, how: string): string[] {
  const id = broker(scene);
  const orphan = scene.message('ORPHANED_FETCH');
  const inFlight = orphan
    ? `A fetch that ${id} had sent to ${orphan.to} (offset ${orphan.payload.offset}) is still on its way.`
    : '';
  return [`${id} ${how}.`, say.governed(scene), inFlight];
}

function restarts(scene: Scene): string[] {
  const id = broker(scene);
  const { now } = scene.replica(id);
  const registration = scene.message('REGISTER');
  const clean = registration?.payload.cleanlyStopped != null;
  const after = clean ? 'as one that stopped cleanly' : 'as one that did not stop cleanly';
  const holds = endOffset(now.log) === 0 ? 'an empty log' : `a log of ${say.size(now.log)}`;
  const struck = say.governed(scene, 'the controller trusts its log no longer');
  return [`${id} restarts with ${holds} and registers ${after}.`, struck];
}

function readsMetadata(scene: Scene): string[] {
  const message = scene.message('METADATA');
  const image = message?.payload.image as Image | undefined;
  const id = message?.to ?? '';
  if (!image) return [];
  const { was, now } = scene.replica(id);
  return [`${id} reads the metadata log${learnt(id, { was, now }, image)}.`];
}

function learnt(id: string, { was, now }: Turn<Replica>, image: Image): string {
  const { leader, leaderEpoch } = image;
  if (leaderEpoch <= was.leaderEpoch) {
    if (!now.leadership) return ': nothing new for it';
    const drops = was.leadership?.pending && !now.leadership.pending;
    const dropped = drops ? `, and drops its proposal, ISR ${say.proposed(was)}` : '';
    return `: ISR ${say.set(now.leadership.isr)}${dropped}`;
  }
  if (leader === id) {
    const how = was.leadership ? 'goes on leading, now' : 'leads';
    return ` and ${how} in epoch ${leaderEpoch}, from offset ${endOffset(now.log)} on`;
  }
  const whom = leader === null ? 'nobody leads' : `${leader} leads`;
  const deposed = was.leadership && !now.leadership ? ['steps down'] : [];
  const next = say.list([...deposed, ...(leader === null ? [] : ['follows it'])]);
  return `: ${whom} in epoch ${leaderEpoch}${next && `; ${id} ${next}`}`;
}

function lateFetch(scene: Scene): string[] {
  const fetch = scene.message('ORPHANED_FETCH')!;
  const { from, offset } = fetch.payload;
  return [
    `The fetch that ${from} sent before it died reaches ${fetch.to}: to ${fetch.to}, ${from} holds what lies below offset ${offset}.`,
  ];
}
