/** How much goes through a cluster in a second, its brokers being alike and used alike. */
import type { KafkaSetting } from '../setting.ts';
import { capacity } from '../world.ts';

type Cluster = Pick<KafkaSetting, 'brokers' | 'replicationFactor' | 'partitions'>;

/** Bytes a second that the producers of `share` partitions can send. */
export function produceRate(
  { brokers, replicationFactor, partitions }: Cluster,
  share: number,
): number {
  const network = capacity('brokerNetworkBytesPerSecond');
  const disk = capacity('brokerDiskBytesPerSecond');
  // A broker receives what it leads and what it follows, and sends to its followers and one reader.
  const received = (brokers * Math.min(network, disk)) / replicationFactor;
  const sent = (brokers * network) / replicationFactor;
  const pipelines = partitions * capacity('partitionProduceBytesPerSecond');
  return (Math.min(received, sent, pipelines) * share) / partitions;
}

/** Bytes a second that a follower copies of `share` partitions, all brokers copying alike. */
export function copyRate(
  { brokers, replicationFactor, partitions }: Cluster,
  share: number,
): number {
  const network = capacity('brokerNetworkBytesPerSecond');
  const disk = capacity('brokerDiskBytesPerSecond');
  const copies = Math.max(1, replicationFactor - 1);
  return (Math.min(network, disk) * brokers * share) / (copies * partitions);
}
