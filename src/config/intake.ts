import type { Setting } from './deployment.ts';
import type { Files } from './files.ts';
import type { HoldfastFile } from './holdfast-schema.ts';
import type { Config, Stated } from './properties.ts';
import type { KafkaVersion } from './version.ts';

/*
 * What the readers of the several file formats hand to the resolver: statements with their places,
 * nothing decided yet.
 */

/** Where a cluster's nodes were described; a deployment has one such source. */
export type ClusterSource = 'properties' | 'strimzi' | 'compose';

/** A broker, a controller, or a group of equal ones, with the settings written for them. */
export interface NodeSource {
  /** As errors name it: `server.properties`, `service kafka-1`. */
  readonly label: string;
  readonly source: ClusterSource;
  readonly file: string;
  readonly broker: boolean;
  readonly controller: boolean;
  readonly config: Config;
  readonly zookeeper?: Stated;
}

/** A topic as one file describes it. */
export interface TopicSource {
  readonly name: string;
  readonly replicationFactor?: Stated;
  readonly partitions?: Stated;
  readonly config: Config;
  /** The producer file that holdfast.yaml gives to this topic. */
  readonly producer?: Stated;
  /** How long its slowest reader takes, which only holdfast.yaml can say. */
  readonly slowestReader?: Stated;
  /** Strimzi's cluster label, to be compared with the Kafka resource's name. */
  readonly cluster?: Stated;
}

/** A producer's, consumer's or Spark's file. */
export interface ClientSource {
  readonly file: string;
  readonly config: Config;
}

/** A version with the place it was stated at or derived from (the tag of an image). */
export interface StatedVersion {
  readonly version: KafkaVersion;
  readonly stated: Stated;
}

/**
 * What a number of brokers or a storage class was stated for. Pools and services add up; a Kafka
 * resource counts only where there are no pools; holdfast.yaml speaks for the whole cluster.
 */
export type Part = 'pool' | 'kafka' | 'service' | 'holdfast';

/** Whether a lost machine loses its disk too. */
export type Storage = 'persistent' | 'ephemeral';

/** What holdfast.yaml says of one consumer: the places of what it says. */
export interface ConsumerStatement {
  readonly place: { readonly file: string; readonly line: number };
  readonly file?: Stated | undefined;
  readonly group?: Stated | undefined;
  readonly commits?: Stated | undefined;
  readonly processing?: Stated | undefined;
  readonly leaderEpochs?: Stated | undefined;
}

/** Everything read so far. */
export interface Intake {
  /** Where files are read from. */
  readonly from: Files;
  readonly files: string[];
  readonly notes: string[];
  readonly nodes: NodeSource[];
  readonly topics: TopicSource[];
  readonly producers: ClientSource[];
  readonly consumers: ClientSource[];
  /** In the order of `consumers` in holdfast.yaml. */
  readonly consumerStatements: ConsumerStatement[];
  readonly spark: ClientSource[];
  readonly versions: StatedVersion[];
  /** Numbers of brokers that a file really states (Strimzi, Compose, holdfast.yaml). */
  readonly brokerCounts: { readonly part: Part; readonly count: number; readonly stated: Stated }[];
  readonly storages: { readonly part: Part; readonly storage: Storage; readonly stated: Stated }[];
  /** Strimzi's metadataVersion: below 4.1 the cluster has no eligible leader replicas. */
  readonly metadataVersions: Stated[];
  /** The names of Strimzi Kafka resources and of Compose projects. */
  readonly clusters: Stated[];
  holdfast?: {
    readonly file: string;
    readonly content: HoldfastFile;
    readonly elr?: Stated;
    readonly transactionVersion?: Stated;
    readonly stream?: readonly Setting[];
  };
}

/** An empty intake. */
export function newIntake(from: Files): Intake {
  return {
    from,
    files: [],
    notes: [],
    nodes: [],
    topics: [],
    producers: [],
    consumers: [],
    consumerStatements: [],
    spark: [],
    versions: [],
    brokerCounts: [],
    storages: [],
    metadataVersions: [],
    clusters: [],
  };
}
