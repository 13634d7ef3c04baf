import type { Stated } from './properties.ts';

/** What is known of a container image that runs a Kafka broker. */
interface BrokerImage {
  /** Matched against the image's name without registry and tag. */
  readonly name: RegExp;
  /** Where its broker keeps the log unless `log.dirs` says otherwise. */
  readonly logDir: string;
  /**
   * Whether the broker starts from the server.properties of the Kafka distribution, which sets the
   * internal topics to one replica, or from nothing but the variables. `unset`: the former only
   * where no variable is given.
   */
  readonly distributionFile: 'always' | 'unset' | 'never';
}

/** Sources: the images' Dockerfiles and entry points. */
const IMAGES: readonly BrokerImage[] = [
  {
    name: /^apache\/kafka(-native)?$/,
    logDir: '/tmp/kraft-combined-logs',
    distributionFile: 'unset',
  },
  {
    name: /^confluentinc\/(cp-kafka|cp-server|cp-enterprise-kafka|confluent-local)$/,
    logDir: '/var/lib/kafka/data',
    distributionFile: 'never',
  },
  {
    name: /^bitnami(legacy|secure)?\/kafka$/,
    logDir: '/bitnami/kafka/data',
    distributionFile: 'always',
  },
  { name: /^wurstmeister\/kafka$/, logDir: '/kafka', distributionFile: 'always' },
  { name: /^debezium\/kafka$/, logDir: '/kafka/data', distributionFile: 'always' },
];

/** The known broker image with this reference (`docker.io/apache/kafka:4.1.0`), if it is one. */
export function brokerImage(reference: string): BrokerImage | undefined {
  const name = reference.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const parts = name.split('/');
  return IMAGES.find((image) => image.name.test(parts.slice(-2).join('/')));
}

/** Where a broker of this image keeps its log if no variable says so; undefined: not known. */
export function defaultLogDir(
  image: BrokerImage | undefined,
  hasVariables: boolean,
): string | undefined {
  // With variables, the image of Apache drops its file, and Kafka's own default remains.
  return image?.distributionFile === 'unset' && hasVariables ? '/tmp/kafka-logs' : image?.logDir;
}

/** What the distribution's server.properties sets (Kafka 2.0 to 4.x), as far as it is used here. */
const DISTRIBUTION = [
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
];

/** The settings that an image brings along, with the line of `image:` as their place. */
export function imageSettings(
  image: BrokerImage | undefined,
  reference: Stated,
  hasVariables: boolean,
): Map<string, Stated> {
  const file = image?.distributionFile ?? 'never';
  const starts = file === 'always' || (file === 'unset' && !hasVariables);
  return new Map(starts ? DISTRIBUTION.map((key) => [key, { ...reference, value: '1' }]) : []);
}

/** Variables that the start scripts of the images read themselves; they are no Kafka settings. */
const SCRIPT_VARIABLES =
  /^(VERSION|HOME|(.*_)?OPTS|DEBUG|CREATE_TOPICS|CLUSTER_ID|JMX_.*|JVM_.*|.*LOG4J.*)$/;

/**
 * The Kafka key that a variable sets, or undefined if it sets none. `KAFKA_` (Bitnami:
 * `KAFKA_CFG_`) is cut off; then `___` is a dash, `__` an underscore and `_` a dot, as in the
 * images of Apache and Confluent.
 */
export function keyOfVariable(variable: string): string | undefined {
  const rest = /^KAFKA_(?:CFG_)?(?!REST_)(.+)$/.exec(variable)?.[1];
  if (rest === undefined || SCRIPT_VARIABLES.test(rest)) return undefined;
  return rest
    .toLowerCase()
    .replace(/_{1,3}/g, (run) => (run.length === 3 ? '-' : run.length === 2 ? '_' : '.'));
}
