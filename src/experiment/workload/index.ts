/** Who arrives when at which partition: a workload, synthetic or recorded, as counts over time. */
import type { Workload } from '../setting.ts';
import type { Arrivals } from './arrivals.ts';
import { recordedArrivals } from './recorded.ts';
import { readRecording } from './recording.ts';
import { syntheticArrivals } from './synthetic.ts';

export type { Arrivals } from './arrivals.ts';
export { summaryOf, totalUntil, type WorkloadSummary } from './summary.ts';

/**
 * The arrivals of a workload at a topic with `partitions` partitions; `readText` gives the text of
 * a recording. Costs a hash for each key, or a read of the recording: build them once for each
 * workload and number of partitions, and share them among runs, which change nothing in them.
 *
 * @throws ConfigError for a recording that cannot be used.
 */
export function arrivalsOf(
  workload: Workload,
  partitions: number,
  readText: (file: string) => string,
): Arrivals {
  if (workload.kind === 'synthetic') return syntheticArrivals(workload, partitions);
  const recording = readRecording(workload.file, readText(workload.file));
  return recordedArrivals(recording, workload.speed, partitions);
}
