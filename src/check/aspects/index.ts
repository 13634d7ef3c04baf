/** The aspects there are, in the order in which they are reported. */
import { type Deployment, FAULTS } from '../../config/index.ts';
import type { Aspect } from './aspect.ts';
import { compaction } from './compaction.ts';
import { consumers } from './consumers.ts';
import { idempotence } from './idempotence.ts';
import { pipeline } from './pipeline.ts';
import { query } from './query.ts';
import { replication } from './replication.ts';
import { transactions } from './transactions.ts';

export const aspects: readonly Aspect[] = [
  replication,
  idempotence,
  consumers,
  transactions,
  compaction,
  query,
  pipeline,
];

/** The aspect of a name; undefined if there is none. */
export const aspectNamed = (name: string): Aspect | undefined =>
  aspects.find((aspect) => aspect.name === name);

/** The same for a name that must be one. */
export function knownAspect(name: string): Aspect {
  const found = aspectNamed(name);
  if (!found) throw new Error(`'${name}' is no aspect; there are ${aspects.map((a) => a.name)}.`);
  return found;
}

/** Findings about the protocols themselves. */
export const FINDING_IDS: readonly string[] = [
  ...new Set(aspects.flatMap(({ findings }) => findings?.list.map(({ id }) => id) ?? [])),
];

/** The guarantees there are, in the order in which they are reported. */
export const GUARANTEE_NAMES: readonly string[] = aspects.flatMap(({ guarantees }) =>
  guarantees.map(({ name }) => name),
);

/** Guarantees that must hold unless holdfast.yaml or the caller says otherwise. */
export const REQUIRED_BY_DEFAULT: readonly string[] = aspects.flatMap(
  ({ requiredByDefault }) => requiredByDefault,
);

/** Those of them that a deployment has something to be judged by. */
export const requiredOf = (deployment: Deployment): readonly string[] =>
  aspects
    .filter(({ subjectsOf }) => subjectsOf(deployment).length > 0)
    .flatMap(({ requiredByDefault }) => requiredByDefault);

/** Fault classes that strike something, in the order of FAULTS. */
export const FAULT_NAMES: readonly string[] = FAULTS.filter((fault) =>
  aspects.some(({ faults }) => faults.includes(fault)),
);
