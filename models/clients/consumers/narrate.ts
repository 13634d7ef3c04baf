/**
 * A run of the model in the words of somebody who runs Kafka: what was done in each step, and what
 * came of it.
 */
import {
  Scene as AnyScene,
  type Plain,
  STATE,
  scenesOf,
  type ToldRun,
  type Turn,
} from '../../../src/model/index.ts';
import type { Consumer } from './consumer-steps.ts';
import type { Group } from './group.ts';
import type { History } from './history.ts';
import type { Position } from './log.ts';
import type { Partition } from './partition.ts';

class Scene extends AnyScene {
  get partition(): Turn<Partition> {
    return this.turn('partition');
  }
  get group(): Turn<Group> {
    return this.turn('group');
  }
  get history(): Turn<History> {
    return this.turn('history');
  }
  /** Who does it. */
  get by(): string {
    return this.step.stimulus.component;
  }
  get consumer(): Turn<Consumer & { [STATE]: string }> {
    return this.turn(this.by);
  }
}

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export function narrate(run: ToldRun): string[][] {
  return scenesOf(run, Scene).map((scene) => {
    const told = tellers[scene.step.stimulus.type]?.(scene) ?? `${scene.by}: ${type(scene)}`;
    return [`${told}.`, ...consequences(scene)];
  });
}

const type = ({ step }: Scene): string => step.stimulus.type;
type Teller = (scene: Scene) => string;

const tellers: Readonly<Record<string, Teller>> = {
  PRODUCE: ({ partition: { now } }) =>
    `Record ${now.written - 1} is written at offset ${now.log.length - 1}, epoch ${now.epoch}`,
  DECIDE: (scene) => `The first open transaction of the partition is ${scene.get('fate')}`,
  FOLLOWER_FETCH: ({ partition: { now } }) =>
    `The follower fetches and has ${size(now.followerLog.length)}; the high watermark is ${now.highWatermark}`,
  FOLLOWER_LAGS: ({ partition: { now } }) =>
    `The follower lags and leaves the ISR; the high watermark is ${now.highWatermark}`,
  ELECT_CLEAN: (scene) => `The leader fails; ${elected(scene)}`,
  ELECT_UNCLEAN: (scene) => `The ISR fails; by an unclean election ${elected(scene)}`,
  FOLLOWER_LOSES_TAIL: (scene) =>
    `The follower loses power and keeps ${size(Number(scene.get('length')))}`,
  WRITE_MARKER: () => 'The marker of the committed transaction reaches __consumer_offsets',
  TIME_OUT_TXN: () => 'The transaction of the former member times out and is aborted',
  EXPIRE_OFFSETS: () =>
    'The group is away for longer than offsets.retention.minutes; its offsets expire',
  JOIN: ({ by }) => `${by} joins the group`,
  SEND_HEARTBEAT: heartbeat,
  INITIALIZE: (scene) => `${scene.by} asks for the committed offset${found(scene)}`,
  RESET: (scene) => `${scene.by} applies auto.offset.reset${found(scene)}`,
  VALIDATE: (scene) => `${scene.by} asks the leader where its epoch ends${found(scene)}`,
  POLL: polls,
  PREFERENCE_EXPIRES: ({ by }) => `${by} goes back to the leader for a while`,
  PROCESS: ({ by, consumer }) => `${by} processes record ${consumer.was.batch[0]?.value}`,
  COMMIT: commits,
  END_TRANSACTION: ({ by }) => `${by} commits its transaction`,
  SEEK_TO_BEGINNING: ({ by }) => `Somebody lets ${by} begin at the beginning of the log`,
  LEAVE: ({ by }) => `${by} closes and leaves the group`,
  FAIL_PROCESSING: ({ by, consumer }) =>
    `Processing record ${consumer.was.batch[0]?.value} fails; ${by} closes and leaves the group`,
  PAUSE: ({ by }) => `${by} is slow or pauses; the group removes it, and it does not know`,
  CRASH: ({ by }) => `${by} crashes; its session ends`,
  START: ({ by }) => `${by} is started again`,
};

const size = (records: number): string => `${records} ${records === 1 ? 'record' : 'records'}`;
const at = (position: Position): string => {
  const epoch = position.epoch === null ? 'no epoch' : `epoch ${position.epoch}`;
  return `offset ${position.offset} (${epoch})`;
};

function elected({ partition: { now } }: Scene): string {
  return `the follower leads in epoch ${now.epoch} from offset ${now.epochStart} on`;
}

function found({ consumer: { was, now } }: Scene): string {
  if (now[STATE].endsWith('stopped')) return ' and stops with an exception';
  if (now[STATE].endsWith('resetting')) return '; there is none';
  if (now.position === null) return '';
  const moved = was.position !== null && was.position.offset !== now.position.offset;
  return moved ? ` and goes back to ${at(now.position)}` : ` and stands at ${at(now.position)}`;
}

function heartbeat(scene: Scene): string {
  const { by } = scene;
  if (scene.message('FENCED')) return `A heartbeat of ${by} is refused; ${by} is no member`;
  if (scene.message('REBALANCE')) {
    const had = scene.consumer.was[STATE].startsWith('owning');
    return `${by} hears of a rebalance and ${had ? 'gives the partition up' : 'joins again'}`;
  }
  return `A heartbeat of ${by} reaches the group`;
}

function polls(scene: Scene): string {
  const { by, consumer } = scene;
  const lead = `${by} polls at offset ${consumer.was.position?.offset}`;
  const whom = consumer.was.replica === 'follower' ? ' from the follower' : '';
  const records = scene.message('RECORDS');
  if (records) {
    const { value } = records.payload.entry as { value: number };
    return `${lead}${whom} and is returned record ${value}`;
  }
  if (scene.message('FENCED_LEADER_EPOCH')) return `${lead} and hears of a newer leader epoch`;
  if (scene.message('OFFSET_OUT_OF_RANGE')) return `${lead}${whom}; the offset is out of range`;
  return `${lead} and is sent to the follower`;
}

function commits(scene: Scene): string {
  const request = scene.message('OFFSET_COMMIT', 'TXN_OFFSET_COMMIT')!;
  const what = at(request.payload.position as Position);
  if (request.fate !== 'delivered') return `${scene.by} commits ${what}; the request is lost`;
  if (scene.message('FENCED')) return `${scene.by} commits ${what} and is refused as no member`;
  const answer = scene.message('COMMITTED', 'TXN_OFFSETS_PENDING');
  const silence = answer && answer.fate !== 'delivered' ? '; the answer is lost' : '';
  const where = request.type === 'OFFSET_COMMIT' ? '' : ' in its transaction';
  return `${scene.by} commits ${what}${where}${silence}`;
}

/** What the step changes for others, or behind the back of whoever acts. */
function consequences(scene: Scene): string[] {
  const { partition, group, history } = scene;
  const gone = partition.now.vanished.filter((value) => !partition.was.vanished.includes(value));
  const { owner } = group.now;
  const before = group.was.committed?.offset;
  const after = group.now.committed?.offset;
  const isOwn = type(scene) === 'COMMIT';
  const handed = owner !== group.was.owner && owner !== null;
  const twice = history.now.effects.findIndex(
    (times, value) => times > 1 && history.was.effects[value] === 1,
  );
  return [
    ...(gone.length > 0 ? [`Record ${gone.join(' and ')} is in the log no more.`] : []),
    ...(!isOwn && after !== undefined && before !== after
      ? [`The committed offset is now ${after}.`]
      : []),
    ...(handed ? [`The partition is now ${owner}'s.`] : []),
    ...(twice >= 0 ? [`Record ${twice} has taken effect twice.`] : []),
  ];
}

/**
 * The life of the record that a violation names, and how the group stands at the end.
 * @param witness what the violated claim shows; without a `record` in it every record is told of.
 */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const scenes = scenesOf(run, Scene);
  const last = scenes.at(-1);
  if (!last) return [];
  const named = (witness as { record?: Plain } | null)?.record;
  const all = last.partition.now.log.map(({ value }) => value);
  return [
    ...(typeof named === 'number' ? [named] : all).map((record) => lifeOf(record, scenes)),
    atEnd(last),
  ];
}

function lifeOf(record: number, scenes: readonly Scene[]): string {
  const first = (happens: (scene: Scene) => boolean): number => scenes.findIndex(happens) + 1;
  const facts = [
    ['written', first(({ partition }) => partition.now.written > record)],
    ['gone from the log', first(({ partition }) => partition.now.vanished.includes(record))],
    ['processed', first(({ history }) => (history.now.effects[record] ?? 0) > 0)],
    ['processed again', first(({ history }) => (history.now.effects[record] ?? 0) > 1)],
  ] as const;
  const told = facts.flatMap(([fact, step]) => (step > 0 ? [`${fact} in step ${step}`] : []));
  return `Record ${record}: ${told.join(', ')}${facts[2][1] > 0 ? '' : ', not processed'}.`;
}

function atEnd({ partition: { now }, group }: Scene): string {
  const { committed, owner } = group.now;
  const log = now.log.map(({ value, epoch }) => `${value} (epoch ${epoch})`).join(', ');
  const offset = committed === null ? 'nothing is committed' : `${at(committed)} is committed`;
  const whose = owner === null ? 'nobody has the partition' : `${owner} has the partition`;
  return `At the end the leader's log is [${log}], ${offset}, ${whose}.`;
}
