/** Looks at cluster and query once a second of the virtual clock, as a monitoring system would. */
import type { Cluster } from './kafka/cluster.ts';
import type { Cohort } from './kafka/cohort.ts';
import type { Sample } from './result.ts';
import type { Query } from './spark/query.ts';
import type { World } from './world.ts';

const EVERY = 1_000;

export function sampling(world: World, cluster: Cluster, query: Query): Sample[] {
  const samples: Sample[] = [];
  const { clock, setting } = world;
  const look = (): void => {
    samples.push(sampleOf(cluster, query, setting, clock.now));
    clock.after(EVERY, look);
  };
  clock.after(EVERY, look);
  return samples;
}

function sampleOf(cluster: Cluster, query: Query, setting: World['setting'], now: number): Sample {
  const { partitions, hosts } = cluster;
  const { minInsyncReplicas, replicationFactor } = setting.kafka;
  const count = (is: (isr: number, hasLeader: boolean) => boolean): number =>
    partitions.reduce((all, { setting: { share }, controller: { partition } }) => {
      const { isr, leader } = partition;
      return all + (is(isr.length, leader !== null) ? share : 0);
    }, 0);
  const all = partitions.flatMap(({ cohorts }) => cohorts);
  const batch = query.batches.at(-1);
  const spent = batch ? batch.committedAt - batch.triggeredAt : null;
  const since = query.batches.at(-2)?.triggeredAt ?? 0;
  return {
    at: now / 1000,
    underReplicatedPartitions: count((isr) => isr < replicationFactor),
    underMinIsrPartitions: count((isr) => isr < minInsyncReplicas),
    offlinePartitions: count((_, hasLeader) => !hasLeader),
    activeBrokers: hosts.filter((host) => cluster.isActive(host)).length,
    acknowledgedPerSecond: weighed(all, now, ({ acknowledgedAt }) => acknowledgedAt, 'messages'),
    processedPerSecond: weighed(all, now, ({ deliveredAt }) => deliveredAt, 'messages'),
    bytesInPerSecond: weighed(all, now, ({ sentAt }) => sentAt, 'bytes'),
    replicationBytesInPerSecond:
      weighed(all, now, ({ readableAt }) => readableAt, 'bytes') * (replicationFactor - 1),
    producerBacklog: partitions.reduce((sum, { client }) => sum + client.backlog, 0),
    consumerLag: query.intake.lag,
    batchId: batch?.id ?? null,
    batchMilliseconds: spent,
    inputRowsPerSecond: batch
      ? batch.messages / (Math.max(1, batch.triggeredAt - since) / 1000)
      : null,
    processedRowsPerSecond: batch && spent ? batch.messages / (spent / 1000) : null,
    stateRows: setting.spark.stateful ? setting.spark.stateKeys : 0,
    activeExecutors: query.workers.alive,
  };
}

/** What happened in the second before `now`, a cohort's messages spread over the time they stand for. */
function weighed(
  cohorts: readonly Cohort[],
  now: number,
  when: (cohort: Cohort) => number | null,
  what: 'messages' | 'bytes',
): number {
  let sum = 0;
  for (const cohort of cohorts) {
    const at = when(cohort);
    if (at === null || at <= 0) continue;
    const width = Math.max(EVERY, cohort.width);
    const overlap = Math.min(now, at + width) - Math.max(now - EVERY, at);
    if (overlap > 0) sum += (cohort[what] * overlap) / width;
  }
  return sum;
}
