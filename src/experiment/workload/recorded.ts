/** A recorded arrival process, played in a loop: prefix sums for each partition, and a search. */
import type { Workload } from '../setting.ts';
import type { Arrivals } from './arrivals.ts';
import { partitionOf } from './partitioner.ts';
import type { Recording } from './recording.ts';

export type Recorded = Extract<Workload, { kind: 'recorded' }>;

/** The messages of one partition in one round of the recording. */
interface Timeline {
  /** When each arrived, in order. */
  readonly times: number[];
  /** `bytes[n]`: size of the first n together; one entry more than `times`. */
  readonly bytes: number[];
}

export function recordedArrivals(
  recording: Recording,
  speed: number,
  partitions: number,
): Arrivals {
  const { period } = recording;
  const own = Array.from({ length: partitions }, (): Timeline => ({ times: [], bytes: [0] }));
  // Kafka's producer spreads records without a key over all partitions, so that each can expect its
  // part of every one; which batch went where is left out.
  const keyless: Timeline = { times: [], bytes: [0] };
  recording.keys.forEach((key, index) => {
    const { times, bytes } = key === '' ? keyless : own[partitionOf(key, partitions)]!;
    times.push(recording.times[index]!);
    bytes.push(bytes.at(-1)! + recording.sizes[index]!);
  });
  const until = (partition: number, seconds: number, take: Take): number => {
    const played = Math.max(0, seconds) * speed;
    const rounds = Math.floor(played / period);
    const rest = played - rounds * period;
    const count = (line: Timeline): number => rounds * take.all(line) + take.before(line, rest);
    return count(own[partition]!) + count(keyless) / partitions;
  };
  const messages = recording.keys.length;
  return {
    partitions,
    messagesPerSecond: (messages * speed) / period,
    messageBytes: recording.sizes.reduce((sum, size) => sum + size, 0) / messages,
    messagesUntil: (partition, seconds) => until(partition, seconds, MESSAGES),
    bytesUntil: (partition, seconds) => until(partition, seconds, BYTES),
  };
}

/** What is counted: in a whole round, and in a round up to a moment of it. */
interface Take {
  readonly all: (line: Timeline) => number;
  readonly before: (line: Timeline, time: number) => number;
}

const MESSAGES: Take = {
  all: (line) => line.times.length,
  before: (line, time) => countBefore(line.times, time),
};
const BYTES: Take = {
  all: (line) => line.bytes.at(-1)!,
  before: (line, time) => line.bytes[countBefore(line.times, time)]!,
};

/** How many of the sorted `times` are before `time`; a binary search. */
function countBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
