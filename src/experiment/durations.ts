/**
 * How long things take that no setting decides: the table of the experiments on a virtual clock.
 *
 * Milliseconds; one way where a message travels. Each entry says what it means, where the figure
 * comes from, and how sure we are; `docs/timing.md` is written from it. The figures are those of a
 * cluster in one region of a cloud, on SSDs, that is not overloaded: what load adds comes from the
 * capacities, and a gray failure multiplies a draw.
 */
import type { Duration } from './duration.ts';
import { KAFKA_TIMES } from './kafka-times.ts';
import { SPARK_TIMES } from './spark-times.ts';

export { CAPACITIES, type CapacityName } from './capacities.ts';
export { CHECKS, type Check, type CheckName } from './checks.ts';
export type { Capacity, Duration, Mark } from './duration.ts';
export { STORAGE, type StorageOperation, type StorageProfile } from './storage.ts';

export const DURATIONS = { ...KAFKA_TIMES, ...SPARK_TIMES } satisfies Record<string, Duration>;
export type DurationName = keyof typeof DURATIONS;
