/**
 * A workload told in numbers: a rate with bursts, and keys under Zipf's law. Expected counts in
 * closed form; nothing is drawn.
 */
import type { Workload } from '../setting.ts';
import type { Arrivals } from './arrivals.ts';
import { partitionOf } from './partitioner.ts';

export type Synthetic = Extract<Workload, { kind: 'synthetic' }>;

export function syntheticArrivals(workload: Synthetic, partitions: number): Arrivals {
  const { messagesPerSecond, messageBytes } = workload;
  const shares = partitionShares(workload.keys, workload.skew, partitions);
  const evenly = evenSeconds(workload.bursts);
  const messagesUntil = (partition: number, seconds: number): number =>
    shares[partition]! * messagesPerSecond * evenly(Math.max(0, seconds));
  return {
    partitions,
    messagesPerSecond,
    messageBytes,
    messagesUntil,
    bytesUntil: (partition, seconds) => messagesUntil(partition, seconds) * messageBytes,
  };
}

/**
 * The share of all messages that each partition gets. Key number i (from 1, named `key-i`) has a
 * weight of i to the power of -`skew`; a partition's share is the sum of its keys' shares.
 */
export function partitionShares(keys: number, skew: number, partitions: number): Float64Array {
  const shares = new Float64Array(partitions);
  let total = 0;
  for (let rank = 1; rank <= keys; rank++) {
    const weight = rank ** -skew;
    shares[partitionOf(`key-${rank}`, partitions)]! += weight;
    total += weight;
  }
  return shares.map((share) => share / total);
}

/**
 * From seconds of the run to the seconds in which as much would have arrived at the mean rate. A
 * period is calm first and ends in its burst, so that a run begins calm.
 */
function evenSeconds(bursts: Synthetic['bursts']): (seconds: number) => number {
  if (bursts === undefined) return (seconds) => seconds;
  const { factor, everySeconds: period } = bursts;
  const calm = period - bursts.seconds;
  // What arrives in the first `rest` seconds of a period, in units of the calm rate.
  const within = (rest: number): number =>
    rest <= calm ? Math.max(0, rest) : calm + factor * (rest - calm);
  const whole = within(period);
  return (seconds) => {
    const before = Math.floor(seconds / period);
    const arrived = before * whole + within(seconds - before * period);
    // Rounding must not let the end of a period be more than the begin of the next: counts would
    // fall there.
    return Math.min(arrived, (before + 1) * whole) * (period / whole);
  };
}
