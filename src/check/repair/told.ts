/** Sets of changes as results.json tells them. */
import type { Repair } from '../results.ts';
import type { Candidate } from './candidates.ts';

/** Every setting that a set changes, with what it needs said before it. */
export const told = (candidate: Candidate): Repair['changes'] =>
  candidate.flatMap(({ settings, to, needs = [], effort, price }) =>
    [...needs, { settings, to }].flatMap((wanted) =>
      wanted.settings
        .filter(({ value }) => value !== wanted.to)
        .map(({ subject, key, value, origin }) => ({
          subject,
          key,
          from: value,
          to: wanted.to,
          effort,
          price,
          origin,
        })),
    ),
  );

/** What is left to do by hand of a set of changes, in sentences. */
export function byHandOf(candidate: Candidate, keys: readonly string[]): string[] {
  const left = [...new Set(keys)];
  const owners = left.map((key) =>
    candidate.find(({ settings, needs = [] }) =>
      [{ settings }, ...needs].some((each) => each.settings.some((own) => own.key === key)),
    ),
  );
  const told = owners.flatMap((change) => change?.manual ?? []);
  const rest = left.filter((_, i) => owners[i]?.manual === undefined);
  const others = rest.map((key) => `No changed line of the files could say ${key}.`);
  return [...new Set(told), ...others];
}
