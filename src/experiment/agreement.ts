/**
 * A run held against the models that it is a run of: every move replayed through plain XState, in
 * systems with room for all of it, with nothing forgotten and no table of the engine.
 */
import { type KafkaSetting, kafka, settling as kafkaSettling } from '../../models/kafka/index.ts';
import {
  type StreamingOptions,
  settlingOf,
  streaming,
  defaults as streamingDefaults,
} from '../../models/spark/streaming/index.ts';
import type { Claim, Plain, Settling, System, Violation } from '../model/index.ts';
import { type Course, keyOf, stimulusNumbers, type TakenMove } from '../schedulers/course.ts';
import { type PlainState, plainMove, plainStart } from '../schedulers/plain.ts';
import { judgeState } from '../schedulers/replay.ts';
import { isSame } from '../schedulers/same.ts';
import { modelSetting, OPEN_RECORDS } from './kafka/track.ts';
import type { Run } from './run.ts';
import type { RunSetting } from './setting.ts';
import { modelOptions, ROOM } from './spark/track.ts';

/** What came of a replay. */
export interface Replayed {
  readonly name: string;
  readonly moves: number;
  /** The first move that the model does not know, or a component that ends elsewhere; null: neither. */
  readonly differs: string | null;
  /** Claims that a state on the way breaks, each with the first reason. */
  readonly broken: ReadonlyMap<string, Violation>;
}

/** More than a run ever has under way. */
const SPARE = 100;

/** The claims that are judged in every state, given what a model was built from. */
export interface Claims {
  readonly kafka: (setting: KafkaSetting) => readonly Claim[];
  readonly query: (options: StreamingOptions) => readonly Claim[];
}

/** Replays all models of `run`, judging `claims` in every state. */
export function replayRun(setting: RunSetting, run: Run, claims: Claims): Replayed[] {
  const partitions = run.cluster.partitions.map(({ course, setting: { name, firstLeader } }) => {
    const records = course.forgotten!.records + SPARE;
    const model = modelSetting(setting.kafka, firstLeader, records);
    const cut = <T extends { outcomes?: Plain; at?: Plain }>(data: T): T =>
      Array.isArray(data.outcomes)
        ? {
            ...data,
            outcomes: data.outcomes.slice(0, OPEN_RECORDS),
            at: (data.at as Plain[]).slice(0, OPEN_RECORDS),
          }
        : data;
    return replayed(name, kafka(model), course, claims.kafka(model), kafkaSettling, cut);
  });
  const { course } = run.query;
  const { batches, records } = course.forgotten!;
  const bounds = { records: records + SPARE, batches: batches + SPARE };
  const options = { ...streamingDefaults, ...modelOptions(setting.spark, bounds) };
  const settling = settlingOf(options, ROOM.records);
  return [
    ...partitions,
    replayed('query', streaming(options), course, claims.query(options), settling, (d) => d),
  ];
}

function replayed<What extends Plain>(
  name: string,
  system: System,
  course: Course<What>,
  claims: readonly Claim[],
  settling: Settling<What>,
  cut: (data: Record<string, Plain>) => Record<string, Plain>,
): Replayed {
  const broken = new Map<string, Violation>();
  const judge = (state: PlainState): void => {
    for (const claim of claims) {
      const violation = broken.has(claim.name) ? null : judgeState(claim, state);
      if (violation) broken.set(claim.name, violation);
    }
  };
  const walked = walk(system, course.long, judge);
  const differs = typeof walked === 'string' ? walked : difference(walked, course, settling, cut);
  return { name, moves: course.long.length, differs, broken };
}

/** The state after `moves`, or why the model does not know one of them. */
function walk(
  system: System,
  moves: readonly TakenMove[],
  judge: (state: PlainState) => void,
): PlainState | string {
  const numberOf = stimulusNumbers(system);
  let state = plainStart(system);
  judge(state);
  for (const [at, { to, event, lost }] of moves.entries()) {
    const number = numberOf(to, event);
    if (number === undefined) return `move ${at}: the model has no ${keyOf(to, event)}`;
    const taken = plainMove(system, state, number, lost);
    if ('impossible' in taken) return `move ${at}, ${keyOf(to, event)}: ${taken.impossible}`;
    state = taken.state;
    judge(state);
  }
  return state;
}

/** The first component that the run left in another state than the replay; null if none. */
function difference<What extends Plain>(
  { snapshots }: PlainState,
  course: Course<What>,
  settling: Settling<What>,
  cut: (data: Record<string, Plain>) => Record<string, Plain>,
): string | null {
  for (const actor of course.track.stepper.actors) {
    const plain = snapshots[actor.name]!;
    const now = course.at(actor);
    const long = cut(settling.forget(actor.name, plain as never, course.forgotten!));
    if (isSame([plain.value, long], [now.value, now.context])) continue;
    return `${actor.name}: ${JSON.stringify(long)} is ${JSON.stringify(now.context)} in the run`;
  }
  return null;
}
