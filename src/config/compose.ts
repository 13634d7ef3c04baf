import { rolesOf } from './classify.ts';
import { environmentOf, interpolate, readDotEnv } from './compose-env.ts';
import { brokerImage, defaultLogDir, imageSettings, keyOfVariable } from './compose-image.ts';
import { ConfigError, placeText } from './error.ts';
import { MOST_BROKERS } from './holdfast-schema.ts';
import type { Intake, NodeSource, Storage } from './intake.ts';
import { refuseMisspelt } from './keys.ts';
import type { Config, Stated } from './properties.ts';
import { wholeNumber } from './values.ts';
import { imageVersion } from './version.ts';
import { at, type MapNode, type Node, statedAt } from './yaml.ts';

/** Whether a YAML document is a Compose file: a mapping of services, and no Kubernetes resource. */
export function isCompose(document: Node): boolean {
  const services = at(document, 'services');
  return services?.kind === 'map' && at(document, 'apiVersion') === undefined;
}

/** Variables that only a broker or controller has. */
const IDENTITY =
  /^KAFKA_(CFG_)?(PROCESS_ROLES|NODE_ID|BROKER_ID|ZOOKEEPER_CONNECT|(ADVERTISED_)?LISTENERS)$/;

/**
 * Takes the brokers and controllers of a Compose file into the intake and says how many services
 * it found. A service is one of them if a variable says so (`KAFKA_NODE_ID`, ...), or if its image
 * is a known broker image and it runs no command of its own (as jobs that create topics do).
 */
export function readCompose(file: string, document: Node, intake: Intake): number {
  const services = at(document, 'services');
  const env = readDotEnv(file, intake.from);
  let found = 0;
  for (const [name, { line, node }] of services?.kind === 'map' ? services.entries : []) {
    if (node.kind !== 'map') continue;
    const service: Service = { file, line, name, node, image: imageOf(file, node, env) };
    const variables = environmentOf(file, node, env, intake);
    if (!runsKafka(service, variables)) continue;
    if (at(node, 'extends') !== undefined) {
      intake.notes.push(`${file}:${line}: "extends" of service ${name} is not followed`);
    }
    takeService(service, variables, intake);
    found += 1;
  }
  return found;
}

interface Service {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly node: MapNode;
  readonly image: Stated | undefined;
}

function imageOf(
  file: string,
  service: MapNode,
  env: ReadonlyMap<string, string>,
): Stated | undefined {
  const image = statedAt(file, service, 'image');
  return image && { ...image, value: interpolate(image.value, env) };
}

function runsKafka({ image, node }: Service, variables: Config): boolean {
  if ([...variables.keys()].some((name) => IDENTITY.test(name))) return true;
  const known = image !== undefined && brokerImage(image.value) !== undefined;
  return known && at(node, 'command') === undefined && at(node, 'entrypoint') === undefined;
}

function takeService(service: Service, variables: Config, intake: Intake): void {
  const { file, name, node, image } = service;
  const known = image && brokerImage(image.value);
  const own = new Map<string, Stated>();
  for (const [variable, stated] of variables) {
    const key = keyOfVariable(variable);
    if (key !== undefined) own.set(key, stated);
  }
  refuseMisspelt('broker', own);
  const inherited = image ? imageSettings(known, image, own.size > 0) : [];
  const config = new Map([...inherited, ...own]);
  const zookeeper = config.get('zookeeper.connect');
  const roles = rolesOf(config.get('process.roles')?.value ?? 'broker,controller');
  const source: NodeSource = {
    label: `service ${name}`,
    source: 'compose',
    file,
    broker: roles.includes('broker'),
    controller: roles.includes('controller'),
    config,
    ...(zookeeper && { zookeeper }),
  };
  intake.nodes.push(source);
  const version = image && imageVersion(image.value);
  if (image && version) intake.versions.push({ version, stated: image });
  if (!source.broker) return;
  const count = replicasOf(file, node);
  const place = { value: `service ${name}`, file, line: service.line };
  intake.brokerCounts.push({ part: 'service', count, stated: place });
  const logDirs =
    config.get('log.dirs')?.value ??
    config.get('log.dir')?.value ??
    defaultLogDir(known, own.size > 0);
  const storage = storageOf(service, logDirs);
  intake.storages.push({ part: 'service', storage, stated: place });
}

function replicasOf(file: string, service: MapNode): number {
  const stated = statedAt(file, service, 'deploy', 'replicas') ?? statedAt(file, service, 'scale');
  return stated === undefined ? 1 : wholeNumber(0, MOST_BROKERS)('replicas', stated);
}

/**
 * A broker keeps its log if every log directory lies on a named volume or on a folder of the host;
 * an anonymous volume is left behind when the container is replaced. Where the image's log
 * directory is not known, a volume whose path names Kafka is taken to be it.
 */
function storageOf(service: Service, logDirs: string | undefined): Storage {
  const mounts = mountsOf(service.node);
  const kept = (dir: string): boolean =>
    mounts.some((mount) => dir === mount || dir.startsWith(`${mount}/`));
  const persistent =
    logDirs === undefined
      ? mounts.some((mount) => /kafka/.test(mount) && !/config|secret|etc/.test(mount))
      : logDirs.split(',').every((dir) => kept(dir.trim().replace(/\/+$/, '')));
  return persistent ? 'persistent' : 'ephemeral';
}

/** The paths in the container that a named volume or a host folder is mounted at. */
function mountsOf(service: MapNode): string[] {
  const volumes = at(service, 'volumes');
  return (volumes?.kind === 'list' ? volumes.items : []).flatMap((volume) => {
    if (volume.kind === 'scalar') {
      const [source, target] = volume.text.replace(/\$\{[^}]*\}/g, 'variable').split(':');
      return source && target ? [trimmed(target)] : [];
    }
    const type = at(volume, 'type');
    const target = at(volume, 'target');
    const named = at(volume, 'source') !== undefined;
    const keeps = type?.kind === 'scalar' && (type.text === 'bind' || type.text === 'volume');
    return keeps && named && target?.kind === 'scalar' ? [trimmed(target.text)] : [];
  });
}

const trimmed = (path: string): string => path.replace(/\/+$/, '');

/** The error for a Compose file that was named but runs no Kafka. */
export function noBrokers(file: string): ConfigError {
  return new ConfigError(
    { file },
    'no service of this Compose file runs a Kafka broker; give a file that does, with KAFKA_* ' +
      'variables',
  );
}

/** The note for a Compose file in a folder that runs no Kafka. */
export function noBrokersNote(file: string): string {
  return `${placeText({ file })}: no service runs a Kafka broker; skipped`;
}
