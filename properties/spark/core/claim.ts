/** Small words that the claims about Spark share. */
import type { Claim } from '../../../src/model/index.ts';

/** A situation that must be possible, so that no claim holds for want of anything happening. */
export const sometimes = (
  name: string,
  means: string,
  reads: Claim['reads'],
  // biome-ignore lint/suspicious/noExplicitAny: the views' types are each situation's own.
  isThere: (views: any) => boolean,
): Claim => ({
  name,
  modality: 'sometimes',
  means,
  reads,
  check: (views) => (isThere(views) ? null : { because: 'not there yet' }),
});

/** How often `value` is among `values`. */
export const count = <T>(values: readonly T[], value: T): number =>
  values.filter((one) => one === value).length;
