/** How much a machine does in a second; what goes beyond it waits. */
import { assumed, type Capacity, recalled } from './duration.ts';

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
    ...assumed('one cloud SSD'),
  },
  partitionProduceBytesPerSecond: {
    value: 50_000_000,
    unit: 'bytes/s',
    means: "what one leader partition's produce pipeline takes",
    ...recalled('benchmarks: tens of megabytes a second'),
  },
  controllerElectionsPerSecond: {
    value: 10_000,
    unit: 'partitions/s',
    means: 'partitions whose leadership the controller moves',
    ...assumed('a record each, in batches'),
  },
  rowsPerSecondPerCoreStateless: {
    value: 200_000,
    unit: 'rows/s',
    means: 'rows that one core reads from Kafka, parses and writes',
    ...assumed('of the order of published benchmarks'),
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
    means: 'state a worker reads from HDFS into memory, all its tasks together',
    ...assumed('decompression and hash maps, not the disk'),
  },
  stateLoadBytesPerSecondPerWorkerS3: {
    value: 60_000_000,
    unit: 'bytes/s',
    means: 'state a worker reads from S3 into memory, all its tasks together',
    ...assumed('a GET brings tens of megabytes a second'),
  },
} satisfies Record<string, Capacity>;
export type CapacityName = keyof typeof CAPACITIES;
