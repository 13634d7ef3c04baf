/** What a workload is like, in the figures that decide whether a cluster can carry it. */
import type { Arrivals } from './arrivals.ts';

export interface WorkloadSummary {
  /** The partition that gets most messages (the first of them), and its share of all. */
  readonly hottestPartition: number;
  readonly hottestShare: number;
  /** Burstiness: the most that arrives in one window, over what arrives in one on the mean. */
  readonly peakPerMean: number;
}

/**
 * Of the first `seconds` of a run, in windows of `window` seconds from its begin; what is left over
 * at the end is no window. Costs a question for each window and partition.
 */
export function summaryOf(arrivals: Arrivals, seconds: number, window = 1): WorkloadSummary {
  const ofPartitions = Array.from({ length: arrivals.partitions }, (_, partition) =>
    arrivals.messagesUntil(partition, seconds),
  );
  const most = Math.max(...ofPartitions);
  const total = totalUntil(arrivals, seconds);
  let peak = 0;
  let before = 0;
  for (let windows = 1; windows * window <= seconds; windows++) {
    const until = totalUntil(arrivals, windows * window);
    peak = Math.max(peak, until - before);
    before = until;
  }
  return {
    hottestPartition: ofPartitions.indexOf(most),
    hottestShare: total === 0 ? 0 : most / total,
    peakPerMean: peak / (arrivals.messagesPerSecond * window),
  };
}

/** Messages at all partitions together. */
export function totalUntil(arrivals: Arrivals, seconds: number): number {
  let total = 0;
  for (let partition = 0; partition < arrivals.partitions; partition++) {
    total += arrivals.messagesUntil(partition, seconds);
  }
  return total;
}
