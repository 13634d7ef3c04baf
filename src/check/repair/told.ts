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
