import { ConfigError, placeText, quoted } from './error.ts';
import { MOST_BROKERS } from './holdfast-schema.ts';
import type { Intake, Part, Storage } from './intake.ts';
import { refuseMisspelt } from './keys.ts';
import type { Stated } from './properties.ts';
import { wholeNumber } from './values.ts';
import { parseVersion } from './version.ts';
import { at, configAt, type MapNode, type Node, statedAt } from './yaml.ts';

/** Whether a YAML document is a Strimzi resource of any kind. */
export function isStrimzi(document: Node): document is MapNode {
  const group = at(document, 'apiVersion');
  return group?.kind === 'scalar' && group.text.startsWith('kafka.strimzi.io/');
}

/**
 * Takes the Strimzi resources of one file into the intake: `Kafka` (version, settings, ZooKeeper),
 * `KafkaNodePool` (roles, replicas, storage) and `KafkaTopic`. Other kinds become a note. Throws
 * ConfigError for a resource that the operator would refuse too: no name, replicas out of range.
 */
export function readStrimzi(file: string, documents: readonly Node[], intake: Intake): void {
  for (const document of documents) {
    const kind = statedAt(file, document, 'kind');
    if (!isStrimzi(document) || kind === undefined) continue;
    if (kind.value === 'Kafka') readKafka(file, document, intake);
    else if (kind.value === 'KafkaNodePool') readPool(file, document, intake);
    else if (kind.value === 'KafkaTopic') readTopic(file, document, intake);
    else intake.notes.push(`${placeText(kind)}: a ${kind.value} is not used; skipped`);
  }
}

function readKafka(file: string, document: MapNode, intake: Intake): void {
  const spec = at(document, 'spec', 'kafka');
  const name = nameOf(file, document, 'Kafka');
  const config = configAt(file, spec, 'config');
  refuseMisspelt('broker', config);
  intake.clusters.push(name);
  const resource = at(document, 'spec');
  const zookeeper = resource?.kind === 'map' ? resource.entries.get('zookeeper') : undefined;
  intake.nodes.push({
    label: `Kafka ${name.value}`,
    source: 'strimzi',
    file,
    broker: true,
    controller: true,
    config,
    ...(zookeeper && { zookeeper: { value: 'spec.zookeeper', file, line: zookeeper.line } }),
  });
  const version = statedAt(file, spec, 'version');
  if (version !== undefined) {
    intake.versions.push({ version: parseVersion(version.value, version), stated: version });
  }
  const metadata = statedAt(file, spec, 'metadataVersion');
  if (metadata !== undefined) intake.metadataVersions.push(metadata);
  // Without node pools (Strimzi before 0.46) the brokers stand in the Kafka resource itself.
  takeBrokers(file, spec, 'kafka', intake);
}

function readPool(file: string, document: MapNode, intake: Intake): void {
  const name = nameOf(file, document, 'KafkaNodePool');
  const roles = at(document, 'spec', 'roles');
  const listed = roles?.kind === 'list' ? roles.items : [];
  const texts = listed.map((role) => (role.kind === 'scalar' ? role.text : ''));
  const unknown = texts.find((role) => role !== 'broker' && role !== 'controller');
  if (texts.length === 0 || unknown !== undefined) {
    throw new ConfigError(
      { file, line: roles?.line ?? name.line },
      `the node pool ${quoted(name.value)} has ` +
        (unknown === undefined ? 'no roles' : `the role ${quoted(unknown)}`) +
        '; expected a list of broker and controller under spec.roles',
    );
  }
  takeCluster(file, document, intake);
  if (texts.includes('broker')) takeBrokers(file, at(document, 'spec'), 'pool', intake);
}

/** Each pool or resource contributes its number of brokers; the resolver adds them up. */
function takeBrokers(file: string, spec: Node | undefined, part: Part, intake: Intake): void {
  const replicas = statedAt(file, spec, 'replicas');
  if (replicas !== undefined) {
    const key = part === 'pool' ? 'spec.replicas' : 'spec.kafka.replicas';
    const count = wholeNumber(0, MOST_BROKERS)(key, replicas);
    intake.brokerCounts.push({ part, count, stated: replicas });
  }
  const storage = storageOf(file, spec);
  if (storage !== undefined) intake.storages.push({ part, ...storage });
}

/** jbod is a list of volumes; one ephemeral volume is enough for a lost pod to lose data. */
function storageOf(
  file: string,
  spec: Node | undefined,
): { storage: Storage; stated: Stated } | undefined {
  const type = statedAt(file, spec, 'storage', 'type');
  if (type === undefined) return undefined;
  const volumes = at(spec, 'storage', 'volumes');
  const types = (volumes?.kind === 'list' ? volumes.items : []).flatMap(
    (volume) => statedAt(file, volume, 'type') ?? [],
  );
  const candidates = type.value === 'jbod' && types.length > 0 ? types : [type];
  const stated = candidates.find(({ value }) => value === 'ephemeral') ?? candidates[0]!;
  if (stated.value === 'ephemeral') return { storage: 'ephemeral', stated };
  if (stated.value === 'persistent-claim') return { storage: 'persistent', stated };
  throw new ConfigError(
    stated,
    `the storage type is ${quoted(stated.value)}; expected ephemeral or persistent-claim, or ` +
      'jbod with volumes of these types',
  );
}

function readTopic(file: string, document: MapNode, intake: Intake): void {
  const name =
    statedAt(file, document, 'spec', 'topicName') ?? nameOf(file, document, 'KafkaTopic');
  const replicas = statedAt(file, document, 'spec', 'replicas');
  const partitions = statedAt(file, document, 'spec', 'partitions');
  const config = configAt(file, document, 'spec', 'config');
  refuseMisspelt('topic', config);
  const cluster = statedAt(file, document, 'metadata', 'labels', 'strimzi.io/cluster');
  intake.topics.push({
    name: name.value,
    config,
    ...(replicas && { replicationFactor: replicas }),
    ...(partitions && { partitions }),
    ...(cluster && { cluster }),
  });
}

function takeCluster(file: string, document: MapNode, intake: Intake): void {
  const cluster = statedAt(file, document, 'metadata', 'labels', 'strimzi.io/cluster');
  if (cluster !== undefined) intake.clusters.push(cluster);
}

function nameOf(file: string, document: MapNode, kind: string): Stated {
  const name = statedAt(file, document, 'metadata', 'name');
  if (name !== undefined) return name;
  throw new ConfigError(
    { file, line: document.line },
    `this ${kind} has no name; add metadata.name`,
  );
}
