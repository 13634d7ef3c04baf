/** How much is done in a second that no setting decides; what goes beyond it waits. */
import { assumed, type Capacity, read } from './duration.ts';

export const CAPACITIES = {
  brokerNetworkBytesPerSecond: {
    value: 1_250_000_000,
    unit: 'bytes/s',
    means: 'what a broker sends, and as much again that it receives',
    ...assumed('a link of 10 Gbit/s'),
  },
  brokerDiskBytesPerSecond: {
    value: 250_000_000,
    unit: 'bytes/s',
    means: "what a broker's disks take, replicas included",
    ...assumed('one cloud SSD of the middle size; gp3 has 125 MB/s at least and 1,000 at most'),
  },
  partitionProduceBytesPerSecond: {
    value: 50_000_000,
    unit: 'bytes/s',
    means: "what one leader partition's produce pipeline takes",
    ...read(
      'tens of MB/s on a single partition (Confluent, How to choose the number of partitions)',
    ),
  },
  controllerElectionsPerSecond: {
    value: 10_000,
    unit: 'partitions/s',
    means: 'partitions whose leadership the controller moves',
    ...assumed(
      'one batch of 10,000 records, the most QuorumController.java writes at once, a second',
    ),
  },
  rowsPerSecondPerCoreStateless: {
    value: 200_000,
    unit: 'rows/s',
    means: 'rows of a kilobyte or less that one core reads from Kafka, parses and writes',
    ...assumed('tens of megabytes a second at a few hundred bytes a row'),
  },
  rowsPerSecondPerCoreStateful: {
    value: 50_000,
    unit: 'rows/s',
    means: 'rows that one core reads, shuffles and aggregates into state',
    ...assumed('a quarter of the stateless'),
  },
  stateLoadBytesPerSecondPerWorkerHdfs: {
    value: 100_000_000,
    unit: 'bytes/s',
    means: 'state that a worker reads from HDFS into memory, all its tasks together',
    ...assumed('decompression and building the map, not the disk'),
  },
  stateLoadBytesPerSecondPerWorkerS3: {
    value: 60_000_000,
    unit: 'bytes/s',
    means: 'state that a worker reads from S3 into memory, all its tasks together',
    ...assumed('a connection brings about 85 MB/s of large objects, less of small ones'),
  },
} satisfies Record<string, Capacity>;
export type CapacityName = keyof typeof CAPACITIES;
