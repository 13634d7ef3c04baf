/** The evidence of a run: what became of the records it is about, and how the query stands at its end. */
import type { Plain, ToldRun } from '../../../src/model/index.ts';
import { newest } from './checkpoint.ts';
import type { OffsetEntry } from './messages.ts';
import { listing } from './phrases.ts';
import { type Scene, scenesOf } from './scene.ts';

/**
 * The life of each record that matters, one line each, and checkpoint and drivers at the end. Steps
 * are counted from one, as they are told.
 *
 * @param witness what the violated claim shows: the record in it is the one that is told of; without
 *   one, every record that was produced.
 */
export function evidence(run: ToldRun, witness: Plain = null): string[] {
  const scenes = scenesOf(run);
  const last = scenes.at(-1);
  if (!last) return [];
  return [...recordsIn(scenes, witness).map((record) => lifeOf(record, scenes)), atEnd(last)];
}

function recordsIn(scenes: readonly Scene[], witness: Plain): number[] {
  const told = witness as { lost?: { record: number }; key?: number; phantom?: number } | null;
  const named = told?.lost?.record ?? told?.phantom ?? told?.key;
  if (named !== undefined) return [Number(named)];
  const produced = scenes.flatMap(({ source }) => [...source.was.logs, ...source.now.logs].flat());
  return [...new Set(produced)].sort((x, y) => x - y);
}

function lifeOf(record: number, scenes: readonly Scene[]): string {
  const first = (happens: (scene: Scene) => boolean): number => scenes.findIndex(happens) + 1;
  const isThere = ({ source }: Scene): boolean => source.now.logs.flat().includes(record);
  const facts: [string, number][] = [
    ['produced', first(isThere)],
    ['in offsets/', first((scene) => coverOf(record, scene) >= 0)],
    ['in commits/', first((scene) => isCommitted(record, scene))],
    ['seen by readers', first(({ sink }) => sink.now.seen[record]! >= 1)],
    ['seen twice', first(({ sink }) => sink.now.seen[record]! >= 2)],
  ];
  const told = facts
    .filter(([, step]) => step > 0)
    .map(([fact, step]) => `${fact} in step ${step}`);
  const seen = scenes.at(-1)!.sink.now.seen[record]!;
  const end =
    seen === 0 ? 'not in the sink' : seen === 1 ? 'in the sink once' : 'in the sink twice';
  return `Record ${record}: ${[...told, `at the end ${end}`].join(', ')}.`;
}

/** The first batch whose logged end lies above the record; -1 if there is none. */
function coverOf(record: number, { source, checkpoint }: Scene): number {
  const partition = source.now.logs.findIndex((log) => log.includes(record));
  const offset = source.now.logs[partition]?.indexOf(record) ?? 0;
  return checkpoint.now.offsets.findIndex(
    (entry) => isWhole(entry) && partition >= 0 && entry.end[partition]! > offset,
  );
}

const isWhole = (entry: OffsetEntry | 'torn' | null): entry is OffsetEntry =>
  entry !== null && entry !== 'torn';

function isCommitted(record: number, scene: Scene): boolean {
  const batch = coverOf(record, scene);
  return batch >= 0 && newest(scene.checkpoint.now.commits) >= batch;
}

/** How the query stands after a step. */
export function atEnd(scene: Scene): string {
  const { offsets, commits } = scene.checkpoint.now;
  const drivers = scene.drivers.map((name) => `${name} is ${scene.state(name).now}`);
  return `At the end ${drivers.join(', ')}; checkpoint: ${listing(offsets, commits)}.`;
}
