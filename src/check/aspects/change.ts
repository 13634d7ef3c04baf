/** Changes of settings: what an operator could do, what it costs and what it takes away. */
import type { Setting } from '../../config/index.ts';
import type { Subject } from './aspect.ts';

/**
 * What a change costs an operator, cheapest first: a client's file; a command on the running cluster
 * (topic settings, features); a restart of every broker; moving data or adding machines; a change
 * of the application.
 */
export const EFFORTS = ['client', 'dynamic', 'restart', 'reassignment', 'code'] as const;
export type Effort = (typeof EFFORTS)[number];

/** One thing set to another value. */
export interface Change<Base> {
  /** What it is, as people call it: two changes of one name exclude each other. */
  readonly name: string;
  /** The settings that decide it now, one for each subject unless they share one. */
  readonly settings: readonly Setting[];
  readonly to: string;
  /** What has to be said in other settings for it, before it is said in its own. */
  readonly needs?: readonly { readonly settings: readonly Setting[]; readonly to: string }[];
  readonly effort: Effort;
  /** Where no line of the files can say it: what to do, as a sentence. */
  readonly manual?: string;
  /** What becomes slower, costlier or unavailable, as a sentence. */
  readonly price: string;
  /** The subject with it; its other settings as they were. */
  readonly apply: (base: Base) => Base;
}

/** The settings of `subjects` whose key is one of `keys`, each once. */
export function deciding(
  subjects: readonly Subject<unknown>[],
  ...keys: readonly string[]
): Setting[] {
  const found = subjects.flatMap(({ settings }) =>
    settings.filter(({ key }) => keys.includes(key)),
  );
  return [...new Map(found.map((setting) => [JSON.stringify(setting), setting])).values()];
}
