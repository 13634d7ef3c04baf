/** One run: a cluster and a query under way on a virtual clock, and what came of it. */
import { Clock } from '../schedulers/clock.ts';
import type { TakenMove } from '../schedulers/course.ts';
import { placementFor, strike } from './faults.ts';
import { feed } from './feed.ts';
import { Cluster, placementsOf } from './kafka/cluster.ts';
import { trackOf } from './kafka/track.ts';
import { resultOf } from './outcome.ts';
import type { RunResult } from './result.ts';
import { sampling } from './sampler.ts';
import type { Fault, RunSetting } from './setting.ts';
import { Query } from './spark/query.ts';
import { sparkTrackOf } from './spark/track.ts';
import { type Arrivals, arrivalsOf } from './workload/index.ts';
import { Chance, type World } from './world.ts';

export interface RunOptions {
  /** Is the state of things noted once a second? */
  readonly samples?: boolean;
  /** Are the models' moves kept, for a replay? */
  readonly moves?: boolean;
  /** What is in a file that the workload names. */
  readonly readText?: (file: string) => string;
}

/** A run's result, and how it came about. */
export interface Run {
  readonly result: RunResult;
  readonly cluster: Cluster;
  readonly query: Query;
  /** The moves of each partition's model and of the query's; empty unless they were asked for. */
  readonly moves: { readonly partitions: readonly TakenMove[][]; readonly query: TakenMove[] };
}

/** Batches before the first fault, and after the last is over. */
const BEFORE = 3;
const AFTER = 3;
/** Seconds that a recovery may take besides: sessions, starts, and what is then to be caught up. */
const REST = 90;

/** The faults in order, each at its time: one without is drawn, in the fourth trigger interval. */
function timed(setting: RunSetting, seed: number): Fault[] {
  const trigger = setting.spark.triggerMs / 1000;
  const chance = new Chance({ seed }, 'when');
  const first = Math.max(20, BEFORE * trigger);
  return setting.faults
    .map((fault) => ({ ...fault, at: fault.at ?? first + chance.share('fault') * trigger }))
    .sort((a, b) => a.at - b.at);
}

const secondsOf = (setting: RunSetting, faults: readonly Fault[]): number =>
  setting.seconds ??
  Math.max(
    (BEFORE + AFTER) * (setting.spark.triggerMs / 1000),
    ...faults.map(({ at, seconds }) => at! + seconds),
  ) +
    AFTER * (setting.spark.triggerMs / 1000) +
    REST;

const known = new Map<string, Arrivals>();

/** The same for the same setting and number of partitions; kept for the next run. */
function arrivalsFor(
  { workload, kafka }: RunSetting,
  readText: (file: string) => string,
): Arrivals {
  const key = JSON.stringify([workload, kafka.partitions]);
  let arrivals = known.get(key);
  if (!arrivals) {
    arrivals = arrivalsOf(workload, kafka.partitions, readText);
    known.set(key, arrivals);
  }
  return arrivals;
}

/**
 * Runs `setting` with the chance of `seed`: the same pair gives the same result to the last bit.
 * @throws ConfigError for a recording that cannot be used.
 */
export function run(setting: RunSetting, seed: number, options: RunOptions = {}): Run {
  const { samples = false, moves: keeps = false, readText = () => '' } = options;
  const clock = new Clock();
  const world: World = { clock, setting, seed, controllerAnswers: () => true };
  const faults = timed(setting, seed);
  const end = secondsOf(setting, faults) * 1000;
  const placements = placementsOf(setting.kafka, placementFor(faults.map(({ kind }) => kind)));
  const cluster = new Cluster(world, placements, (leader) => trackOf(setting.kafka, leader), keeps);
  const query = new Query(world, cluster, sparkTrackOf(setting.spark), keeps);
  const struck = faults.map((fault) => strike(world, cluster, query, fault));
  const arrivals = arrivalsFor(setting, readText);
  const moments = struck.flatMap(({ at, until }) => [at, until]);
  cluster.partitions.forEach((partition, at) => {
    feed(world, partition, placements[at]!.partitions, arrivals, moments);
  });
  const seen = samples ? sampling(world, cluster, query) : [];
  clock.run(end);

  const result = resultOf(world, cluster, query, struck[0] ?? null, end);
  return {
    result: { ...rounded(result), samples: seen },
    cluster,
    query,
    moves: {
      partitions: cluster.partitions.map(({ course }) => course.long),
      query: query.course.long,
    },
  };
}

/** The last digits of a logarithm are the engine's own; what is told is the same everywhere. */
const DIGITS = 10;
const rounded = <T>(result: T): T =>
  JSON.parse(
    JSON.stringify(result, (_, value) =>
      typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value,
    ),
  ) as T;
