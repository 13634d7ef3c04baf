/** Which settings of replication could be safer: what a report points to when a guarantee is broken. */
import type { Setting } from '../../config/index.ts';

/** Guarantees about records that were there. */
const LOSS = [
  'no-acked-loss',
  'readers-never-see-loss',
  'clean-leaders-are-complete',
  'no-committed-divergence',
];

interface Weakness {
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly guarantees: readonly string[];
}

const MIN_INSYNC = ['min.insync.replicas', 'transaction.state.log.min.isr'];
const FACTORS = [
  'replication.factor',
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
];

/** The most telling first. */
const WEAKNESSES: readonly Weakness[] = [
  { keys: ['acks'], values: ['0', '1'], guarantees: ['no-acked-loss'] },
  { keys: ['unclean.leader.election.enable'], values: ['true'], guarantees: LOSS },
  { keys: FACTORS, values: ['1'], guarantees: [...LOSS, 'writable-with-one-broker-down'] },
  { keys: MIN_INSYNC, values: ['1'], guarantees: LOSS },
  { keys: ['storage'], values: ['ephemeral'], guarantees: LOSS },
  { keys: ['eligible.leader.replicas.version'], values: ['0'], guarantees: LOSS },
];

/** See `Aspect.weakSettings`. */
export function weakSettings(guarantee: string, settings: readonly Setting[]): Setting[] {
  return WEAKNESSES.filter(({ guarantees }) => guarantees.includes(guarantee)).flatMap(
    ({ keys, values }) =>
      settings.filter(({ key, value }) => keys.includes(key) && values.includes(value)),
  );
}
