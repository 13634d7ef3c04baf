import { dirname, join } from 'pathe';
import type { Setting } from './deployment.ts';
import { ConfigError, quoted } from './error.ts';
import type { Intake, TopicSource } from './intake.ts';
import {
  isIdempotent,
  type ProducerDeployment,
  resolveProducer,
  secondAttemptFits,
} from './producer.ts';
import type { Cluster } from './resolve-cluster.ts';

/** Who writes each topic: the producer that holdfast.yaml names, or the only one there is. */
export function producersOf(intake: Intake, cluster: Cluster): (topic: TopicSource) => Producer {
  const { version, defaults } = cluster;
  const all = intake.producers.map((source): Producer & { file: string } => ({
    file: source.file,
    ...resolveProducer(source, version, defaults, intake.notes),
  }));
  const [first] = all;
  const unnamed = first ?? resolveProducer({ config: new Map() }, version, defaults, intake.notes);
  if (first === undefined) {
    intake.notes.push(
      `no producer file: acks=${unnamed.acks} is taken, the default (${cluster.defaults})`,
    );
  }
  const other = all.find((producer) => differing(unnamed, producer) !== undefined);
  return (topic) => {
    if (topic.producer !== undefined) {
      const file = join(dirname(topic.producer.file), topic.producer.value);
      const named = all.find((producer) => producer.file === file);
      if (named !== undefined) return named;
      const known = all.map((producer) => producer.file).join(', ') || 'none';
      throw new ConfigError(
        topic.producer,
        `the producer of ${topic.name} is ${quoted(file)}, which is not among the producer files ` +
          `read (${known}); list it under files`,
      );
    }
    if (other === undefined) return unnamed;
    const key = differing(unnamed, other)!;
    throw new ConfigError(
      { file: other.file },
      `it has ${key}=${shown(other, key)} and ${first!.file} has ${key}=${shown(unnamed, key)}, ` +
        `and it is not said which of them writes ${topic.name}; state topics[].producer in ` +
        'holdfast.yaml, or name one producer file',
    );
  };
}

type Producer = ProducerDeployment;

/** The first setting in which two producers differ so that a verdict may; undefined if in none. */
function differing(one: Producer, two: Producer): string | undefined {
  const facts: Record<string, (producer: Producer) => unknown> = {
    acks: ({ acks }) => acks,
    'enable.idempotence': isIdempotent,
    'max.in.flight.requests.per.connection': ({ maxInFlight }) => maxInFlight,
    retries: ({ retries }) => retries,
    'delivery.timeout.ms': secondAttemptFits,
    'transactional.id': ({ isTransactional }) => isTransactional,
  };
  return Object.keys(facts).find((key) => facts[key]!(one) !== facts[key]!(two));
}

const shown = ({ settings, isTransactional }: Producer, key: string): string =>
  settings.find((setting: Setting) => setting.key === key)?.value ??
  (isTransactional ? '(one)' : '(none)');
