/** The guarantees an operator asks for, in plain words, and the claims that make each. */
import type { Claim, Guarantee } from '../../src/model/index.ts';
import { liveness } from './liveness.ts';
import { replicationSafety } from './safety.ts';
import { sanity } from './sanity.ts';
import type { Subject } from './views.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'no-acked-loss',
    means: 'A record that the producer was told is safe is never lost.',
    claims: ['acknowledgedRecordsSurvive'],
  },
  {
    name: 'no-committed-divergence',
    means: 'Replicas never disagree about committed records.',
    // Said only where two records are sent (`--bounds large`).
    claims: ['replicasAgreeBelowTheirHighWatermarks'],
  },
  {
    name: 'readers-never-see-loss',
    means: 'What a consumer has read stays in the log, unchanged, at its offset.',
    claims: ['whatReadersSawStays'],
  },
  {
    name: 'one-leader-per-epoch',
    means: 'No two brokers lead in the same leader epoch.',
    claims: ['oneLeaderPerEpoch'],
  },
  {
    name: 'clean-leaders-are-complete',
    means: 'Whoever leads or may be elected holds all that was committed.',
    claims: ['electableReplicasAreComplete', 'electedLeadersAreComplete'],
  },
  {
    name: 'acks-mean-min-insync',
    means: 'acks=all is answered only when min.insync.replicas brokers have the record.',
    claims: ['acknowledgedMeansMinInsyncCopies'],
  },
  {
    name: 'writable-with-one-broker-down',
    means: "With one broker down, writes go on without anybody's help.",
    claims: ['writesGoOnWithOneBrokerDown'],
  },
  {
    name: 'recovers',
    means:
      'Once faults stop and brokers are restarted, the partition has a leader and all its replicas again.',
    claims: ['aLeaderIsFoundAgain', 'everyReplicaRejoins', 'followersCatchUp'],
  },
];

/** All claims about a Kafka partition that must hold in a right system. */
export const kafkaClaims = (subject: Subject): Claim[] => [
  ...replicationSafety(subject),
  ...sanity(subject),
  ...liveness(subject),
];

/**
 * The claims that the named guarantees need. Some say nothing of some deployments (acks=1 promises
 * no copies), so the list may lack them.
 * @throws Error for a name that is no guarantee.
 */
export function claimsOf(names: readonly string[], subject: Subject): Claim[] {
  const unknown = names.find((name) => !guarantees.some((guarantee) => guarantee.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `'${unknown}' is no guarantee; there are ${guarantees.map((g) => g.name).join(', ')}.`,
    );
  }
  const wanted = new Set(
    guarantees.filter(({ name }) => names.includes(name)).flatMap(({ claims }) => claims),
  );
  return kafkaClaims(subject).filter(({ name }) => wanted.has(name));
}
