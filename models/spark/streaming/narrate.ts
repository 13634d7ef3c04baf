/**
 * A run of a streaming query in the words of somebody who runs Spark: for each step one or a few
 * sentences that say what was done and what came of it.
 */
import type { ToldRun } from '../../../src/model/index.ts';
import type { Checkpoint, LatestOffsets, NewEntry, Read, Records } from './messages.ts';
import * as say from './phrases.ts';
import { type Scene, scenesOf } from './scene.ts';

/**
 * Tells a run.
 * @returns for each step its sentences; the first says what happens, the others what comes of it.
 */
export const narrate = (run: ToldRun): string[][] => scenesOf(run).map(tell);

/** One step in sentences. */
export function tell(scene: Scene): string[] {
  const { type } = scene.step.stimulus;
  const told = tellers[type]?.(scene) ?? [`${scene.actor}: ${type}.`];
  const came = [...say.failures(scene), ...say.shown(scene)];
  return [...told, ...came].filter((sentence) => sentence !== '');
}

type Teller = (scene: Scene) => string[];

const tellers: Readonly<Record<string, Teller>> = {
  START: starts,
  FETCH_OFFSETS: fetchesOffsets,
  WRITE_WAL: (s) => writes(s, `offsets/${s.driver(s.actor).was.batch}`),
  PLAN: (s) => [`${s.actor} plans ${batch(s)}.`],
  SUBMIT: submits,
  COMMIT_SINK: (s) => [`${s.actor} commits ${batch(s)} to the sink.`],
  UPDATE_WATERMARK: watermark,
  WRITE_COMMIT: (s) => writes(s, `commits/${s.driver(s.actor).was.batch}`),
  ADVANCE: advances,
  CRASH: crashes,
  DELETE_CHECKPOINT: () => ['Somebody deletes the checkpoint.'],
  DRAIN: drains,
  EXECUTE: executes,
  WRITE: (s) => [`${s.actor} writes out ${rows(s)}.`],
  REPORT: (s) => [`${s.actor} reports to its driver.`],
  FAIL: (s) => [`${s.actor} is lost; the attempt begins anew.`],
  GIVE_UP: (s) => [`${s.actor} is given up as lost and lives on: ${s.actor}-zombie.`],
  PRODUCE: produced,
  RETAIN: (s) => [`Retention takes ${oldest(s)} of partition ${s.get('partition')}.`],
  TRUNCATE: (s) => [`Partition ${s.get('partition')} loses its last record, ${lastOf(s)}.`],
  LOSE_NEWEST: (s) => [`The newest file of ${s.get('log')}/ is lost.`],
};

const batch = (scene: Scene): string => `batch ${scene.driver(scene.actor).was.batch}`;

function starts(scene: Scene): string[] {
  const name = scene.actor;
  const read = scene.message('CHECKPOINT')?.payload as Checkpoint | undefined;
  if (!read) return [`${name} starts.`];
  const { now } = scene.driver(name);
  const stale = scene.get('stale');
  const seen = say.listing(read.offsets, read.commits);
  const missed = stale === null ? '' : `; the listing of ${stale}/ misses its newest file`;
  const lead = `${name} starts and reads the checkpoint: ${seen}${missed}.`;
  switch (scene.state(name).now) {
    case 'idle':
      return [lead, `Batch ${now.batch} is next.`];
    case 'walWritten': {
      const range = `from ${say.offsets(now.start!)} to ${say.offsets(now.end!)}`;
      return [lead, `The last logged batch, ${now.batch}, runs again, ${range}.`];
    }
    default:
      return [lead];
  }
}

function fetchesOffsets(scene: Scene): string[] {
  const name = scene.actor;
  const told = scene.message('LATEST_OFFSETS')?.payload as LatestOffsets | undefined;
  const how = { stale: ', which lag behind', empty: ', which name no partition' };
  const manner = how[String(scene.get('answer')) as keyof typeof how] ?? '';
  const ask = `${name} asks ${scene.get('at') ?? 'Kafka'} for the end offsets`;
  if (!told) return [`${ask} and hears nothing.`];
  const lead = `${ask}: ${say.offsets(told.end)}${manner}.`;
  const { now } = scene.driver(name);
  switch (scene.state(name).now) {
    case 'offsetFetched': {
      const range = `from ${say.offsets(now.start!)} to ${say.offsets(now.end!)}`;
      return [lead, `Batch ${now.batch} is to run ${range}.`];
    }
    case 'finished':
      return [lead, 'Nothing is left to do: the query ends.'];
    default:
      return [lead, 'There is nothing to do.'];
  }
}

/** A write of a log entry: at once, by a look and a rename, or by the writing thread. */
function writes(scene: Scene, file: string): string[] {
  const name = scene.actor;
  if (scene.message('ISSUE')) return [`${name} hands ${file} to its writing thread.`];
  if (scene.message('PROBE')) {
    const there = scene.message('EXISTS') !== undefined;
    return [`${name} looks for ${file}: it is ${there ? 'there already' : 'not there'}.`];
  }
  const create = scene.message('CREATE');
  if (!create) {
    const { was, now } = scene.state(name);
    return [
      was === now ? `${name} does not write ${file} yet.` : `${name} keeps ${file} for itself.`,
    ];
  }
  const lead = `${name} writes ${file}${content(create.payload.file as NewEntry)}`;
  if (create.payload.lost) {
    const heard = scene.message('WRITE_FAILED') !== undefined;
    return [`${lead}: the write is lost${heard ? '' : ', and the store says that it is there'}.`];
  }
  if (scene.message('EXISTS')) return [`${lead}: it is there already.`];
  const { log, id } = create.payload.file as NewEntry;
  const before = scene.checkpoint.was[log][id];
  if (before != null) {
    const kept = scene.step.changed.checkpoint === undefined;
    const fate = kept ? 'it is there already, and nobody is told' : 'over the one that is there';
    return [`${lead}: ${fate}.`];
  }
  return [`${lead}.`];
}

const content = (file: NewEntry): string =>
  file.log === 'offsets' ? ` (up to ${say.offsets(file.entry.end)})` : '';

function submits(scene: Scene): string[] {
  const lead = `${scene.actor} submits ${batch(scene)}`;
  if (scene.message('SKIP')) {
    const plan = scene.message('LAUNCH') ? 'its plan runs without output' : 'its plan is not run';
    return [`${lead}; the sink has it already, ${plan}.`];
  }
  const one = scene.get('coalesced') ? ', all in one task' : '';
  return [`${lead}: its tasks are launched${one}.`];
}

function watermark(scene: Scene): string[] {
  const { was, now } = scene.driver(scene.actor);
  const moved = now.nextWatermark !== was.nextWatermark;
  return [
    moved
      ? `${scene.actor} moves the watermark to ${now.nextWatermark}.`
      : `${scene.actor} has seen the end of ${batch(scene)}.`,
  ];
}

function advances(scene: Scene): string[] {
  const name = scene.actor;
  return scene.state(name).now === 'finished'
    ? [`${name} has run its batch: the query ends.`]
    : [`${name} is done with ${batch(scene)}.`];
}

function crashes(scene: Scene): string[] {
  const name = scene.actor;
  const torn = scene.get('torn');
  const survivor = scene.get('survivor');
  const half = torn === null ? '' : ` and leaves half of ${torn}/${scene.driver(name).was.batch}`;
  const zombie = survivor === null ? '' : `; its task ${Number(survivor) + 1} lives on as a zombie`;
  const doing = scene.state(name).was;
  return [`${name} crashes (it was ${states[doing] ?? doing})${half}${zombie}.`];
}

/** What a driver was about when it crashed. */
const states: Readonly<Record<string, string>> = {
  idle: 'idle',
  offsetFetched: 'about to log offsets',
  walProbed: 'about to rename the offset entry',
  walWritten: 'past the offset log',
  planned: 'past planning',
  running: 'running tasks',
  committedEarly: 'past the commit log, before the sink',
  sinkCommitted: 'past the sink, before the commit log',
  wmUpdated: 'past the sink, before the commit log',
  commitProbed: 'about to rename the commit entry',
  commitWritten: 'past the commit log',
};

function drains(scene: Scene): string[] {
  const create = scene.message('CREATE');
  const { log, id } = create!.payload.file as NewEntry;
  const there = scene.message('EXISTS') ? ': it is there already' : '';
  return [`The writing thread of ${scene.actor.split('-')[0]} writes ${log}/${id}${there}.`];
}

function executes(scene: Scene): string[] {
  const name = scene.actor;
  const read = scene.message('READ')?.payload as Read | undefined;
  const got = scene.message('RECORDS')?.payload as Records | undefined;
  const at = scene.get('at') === null ? '' : ` from ${scene.get('at')}`;
  const range = `${name} reads ${say.slices(read?.slices ?? [])}${at}`;
  if (read && !got) return [`${range} and hears nothing.`];
  const found = got?.lossKnown
    ? 'some of it is gone from Kafka'
    : got && got.records.length > 0
      ? say.records(got.records)
      : 'nothing is there';
  const lead = `${range}: ${found}.`;
  const load = scene.message('LOAD_STATE');
  const missing = scene.message('STATE')?.payload.content === null;
  const loaded = load
    ? `It loads the state of version ${load.payload.version}${missing ? ', which is not there' : ''}.`
    : '';
  const save = scene.message('SAVE_STATE');
  const saved = save ? `It saves the state as version ${save.payload.version}.` : '';
  const wrote = scene.message('TASK_WRITE') ? `It writes out ${rows(scene)}.` : '';
  return [lead, loaded, saved, wrote];
}

const rows = (scene: Scene): string =>
  say.records((scene.message('TASK_WRITE')?.payload.rows ?? []) as number[]);

function produced(scene: Scene): string[] {
  const partition = Number(scene.get('partition'));
  const log = scene.source.now.logs[partition]!;
  return [
    `Record ${log.at(-1)} is produced to partition ${partition}, at offset ${log.length - 1}.`,
  ];
}

function oldest(scene: Scene): string {
  const partition = Number(scene.get('partition'));
  const { logs, logStart } = scene.source.was;
  return `record ${logs[partition]![logStart[partition]!]}`;
}

const lastOf = (scene: Scene): string =>
  `record ${scene.source.was.logs[Number(scene.get('partition'))]!.at(-1)}`;
