/** What an operator could change about the replication of a topic. */
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { ReplicationBase } from './replication.ts';

type Topics = readonly Subject<ReplicationBase>[];
type ReplicationChange = Change<ReplicationBase>;

/** More copies are not tried: three are what people run. */
const COPIES = [1, 2, 3];

/** The keys that decide each, the topic's own first. */
const FACTOR = [
  'replication.factor',
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
];
const MIN_ISR = ['min.insync.replicas', 'transaction.state.log.min.isr'];
const UNCLEAN = 'unclean.leader.election.enable';
const FLUSH = ['flush.messages', 'log.flush.interval.messages'];
const ELIGIBLE = 'eligible.leader.replicas.version';

/**
 * Changes worth trying, those that are already so left out.
 * @param topics with equal settings.
 * @param brokers how many there are: more copies need more machines.
 */
export const replicationChanges = (topics: Topics, brokers: number): ReplicationChange[] => [
  ...copies(topics, brokers),
  ...acknowledged(topics),
  ...elections(topics),
  ...inSync(topics),
  ...flushed(topics),
  ...eligible(topics),
  ...kept(topics),
];

function copies(topics: Topics, brokers: number): ReplicationChange[] {
  const settings = deciding(topics, ...FACTOR);
  // Kafka clamps the minimum to the number of replicas: with more of them what is stated counts.
  const stated = Math.min(...deciding(topics, ...MIN_ISR).map(({ value }) => Number(value)));
  const more = COPIES.filter((count) => count > topics[0]!.base.replicas);
  const keys = settings.map(({ key }) => key).join(', ');
  return more.map((count) => ({
    name: 'replication factor',
    settings,
    to: String(count),
    ...(count > brokers && { manual: `${addBrokers(count - brokers)}; then change ${keys}.` }),
    effort: 'reassignment',
    price:
      `${count} copies of every record on disk and on the network` +
      `${count > brokers ? `, and ${count} brokers instead of ${brokers}` : ''}.`,
    apply: (base) => ({ ...base, replicas: count, minInsyncReplicas: Math.min(stated, count) }),
  }));
}

const addBrokers = (count: number): string =>
  count === 1
    ? 'Add a broker, with a node.id, listeners and a disk of its own'
    : `Add ${count} brokers, each with a node.id, listeners and a disk of its own`;

function acknowledged(topics: Topics): ReplicationChange[] {
  if (topics[0]!.base.acks === 'all') return [];
  const price = 'A write is answered when every in-sync replica has it: the slowest decides.';
  const apply = (base: ReplicationBase): ReplicationBase => ({ ...base, acks: 'all' });
  const settings = deciding(topics, 'acks', 'offsets.commit.required.acks');
  return [{ name: 'acks', settings, to: 'all', effort: 'client', price, apply }];
}

function inSync(topics: Topics): ReplicationChange[] {
  const now = topics[0]!.base.minInsyncReplicas;
  const settings = deciding(topics, ...MIN_ISR);
  return COPIES.filter((least) => least !== now).map((least) => ({
    name: 'minimum of in-sync replicas',
    settings,
    to: String(least),
    effort: 'dynamic',
    price:
      least > now
        ? `Writes with acks=all are refused while fewer than ${least} replicas are in sync.`
        : `acks=all is answered with as few as ${least === 1 ? '1 copy' : `${least} copies`}.`,
    apply: (base) => ({ ...base, minInsyncReplicas: least }),
  }));
}

function elections(topics: Topics): ReplicationChange[] {
  if (!topics[0]!.base.uncleanLeaderElection) return [];
  const price = 'While no replica that is known to be complete runs, there is no leader.';
  const apply = (base: ReplicationBase): ReplicationBase => ({
    ...base,
    uncleanLeaderElection: false,
  });
  const settings = deciding(topics, UNCLEAN);
  return [{ name: 'unclean elections', settings, to: 'false', effort: 'dynamic', price, apply }];
}

function flushed(topics: Topics): ReplicationChange[] {
  if (topics[0]!.base.flushEveryMessage) return [];
  const price = 'Every append waits for the disk on every replica.';
  const apply = (base: ReplicationBase): ReplicationBase => ({ ...base, flushEveryMessage: true });
  const settings = deciding(topics, ...FLUSH);
  return [{ name: 'flush of every record', settings, to: '1', effort: 'dynamic', price, apply }];
}

function eligible(topics: Topics): ReplicationChange[] {
  const { eligibleLeaderReplicas, behaviour } = topics[0]!.base;
  if (eligibleLeaderReplicas || !['4.0', '4.1'].includes(behaviour)) return [];
  const price = 'Nothing is committed below min.insync.replicas, not even with acks=1.';
  const apply = (base: ReplicationBase): ReplicationBase => ({
    ...base,
    eligibleLeaderReplicas: true,
  });
  const settings = deciding(topics, ELIGIBLE);
  const name = 'eligible leader replicas';
  return [{ name, settings, to: '1', effort: 'dynamic', price, apply }];
}

function kept(topics: Topics): ReplicationChange[] {
  if (topics[0]!.base.storage === 'persistent') return [];
  const price = 'Every broker needs a volume that outlives its pod or machine.';
  const apply = (base: ReplicationBase): ReplicationBase => ({ ...base, storage: 'persistent' });
  const settings = deciding(topics, 'storage');
  const manual = 'Put the log of every broker on a volume that outlives it.';
  const effort = 'reassignment';
  return [{ name: 'storage', settings, to: 'persistent', effort, manual, price, apply }];
}
