/**
 * What arrives at a partition's producer, as cohorts: wide ones where nothing happens, narrow ones
 * around the moments at which something does.
 */
import { cohort } from './kafka/cohort.ts';
import type { Partition } from './kafka/partition.ts';
import type { Arrivals } from './workload/index.ts';
import type { World } from './world.ts';

/** Milliseconds. Around a moment, this far to both sides, cohorts are `NARROW` wide. */
const AROUND = 50;
const NARROW = 5;
const WIDEST = 5_000;
const NARROWEST = 500;
/** Cohorts in a trigger interval. */
const PER_TRIGGER = 8;

/**
 * Feeds `partition` with what arrives at `kafkaPartitions`.
 * @param moments at which faults begin and end, in milliseconds.
 */
export function feed(
  world: World,
  partition: Partition,
  kafkaPartitions: readonly number[],
  arrivals: Arrivals,
  moments: readonly number[],
): void {
  const { clock, setting } = world;
  const wide = Math.min(WIDEST, Math.max(NARROWEST, setting.spark.triggerMs / PER_TRIGGER));
  const until = (count: 'messagesUntil' | 'bytesUntil', ms: number): number =>
    kafkaPartitions.reduce((sum, kafka) => sum + arrivals[count](kafka, ms / 1000), 0);

  /** The end of the cohort that begins at `begin`. */
  function endOf(begin: number): number {
    const near = moments.find((at) => begin >= at - AROUND && begin < at + AROUND);
    if (near !== undefined) return begin + NARROW;
    const next = moments
      .map((at) => at - AROUND)
      .filter((at) => at > begin)
      .sort((a, b) => a - b)[0];
    return Math.min(begin + wide, next ?? Number.POSITIVE_INFINITY);
  }

  function next(begin: number, messagesBefore: number, bytesBefore: number): void {
    const end = endOf(begin);
    const arrived = begin + (end - begin) * partition.chance.share('arrival');
    const messages = until('messagesUntil', end);
    const bytes = until('bytesUntil', end);
    clock.at(arrived, () => {
      if (messages > messagesBefore) {
        const whole = {
          messages: messages - messagesBefore,
          bytes: bytes - bytesBefore,
          width: end - begin,
        };
        const one = cohort({ arrived, until: until('bytesUntil', arrived), ...whole });
        partition.cohorts.push(one);
        partition.client.accept(one);
      }
      clock.at(end, () => next(end, messages, bytes));
    });
  }
  next(0, 0, 0);
}
