import { basename } from 'pathe';
import { classifyProperties, type PropertyKind, topicOfFile } from './classify.ts';
import { ConfigError } from './error.ts';
import type { Intake } from './intake.ts';
import { refuseMisspelt, TOPIC_OPTIONS } from './keys.ts';
import { type Config, readProperties } from './properties.ts';

/** What holdfast.yaml says about a file that it lists. */
export interface Hint {
  readonly kind?: PropertyKind | 'strimzi' | 'compose' | undefined;
  readonly topic?: string | undefined;
}

/** Takes one file of Java properties into the intake, under the kind it was given or looks like. */
export function takeProperties(file: string, text: string, hint: Hint, intake: Intake): void {
  const { config, notes } = readProperties(file, text);
  const kind = kindOf(file, config, hint);
  intake.files.push(file);
  intake.notes.push(...notes);
  switch (kind) {
    case 'broker':
    case 'controller':
      refuseMisspelt('broker', config);
      takeServer(file, config, kind, intake);
      break;
    case 'topic':
      refuseMisspelt('topic', config);
      takeTopic(file, config, hint.topic, intake);
      break;
    case 'producer':
      refuseMisspelt('producer', config);
      intake.producers.push({ file, config });
      break;
    case 'consumer':
      refuseMisspelt('consumer', config);
      intake.consumers.push({ file, config });
      break;
    case 'spark':
      intake.spark.push({ file, config });
      break;
  }
}

function kindOf(file: string, config: Config, hint: Hint): PropertyKind {
  if (hint.kind === 'strimzi' || hint.kind === 'compose') {
    throw new ConfigError(
      { file },
      `holdfast.yaml gives it the kind ${hint.kind}, which is YAML; rename it to end in .yaml`,
    );
  }
  return hint.kind ?? (hint.topic === undefined ? classifyProperties(file, config) : 'topic');
}

function takeServer(
  file: string,
  config: Config,
  kind: 'broker' | 'controller',
  intake: Intake,
): void {
  const roles = config.get('process.roles')?.value;
  const zookeeper = config.get('zookeeper.connect');
  intake.nodes.push({
    label: file,
    source: 'properties',
    file,
    broker: kind === 'broker',
    // Without roles the file is of a ZooKeeper-based broker or an excerpt: it speaks for all.
    controller: kind === 'controller' || roles === undefined || roles.includes('controller'),
    config,
    ...(zookeeper && roles === undefined && { zookeeper }),
  });
}

function takeTopic(file: string, config: Config, hinted: string | undefined, intake: Intake): void {
  const named = hinted ?? topicOfFile(file, config);
  const name = named ?? basename(file).replace(/\.[^.]*$/, '');
  if (named === undefined) {
    intake.notes.push(
      `${file}: it does not name its topic, which is called "${name}" here; add topic=NAME`,
    );
  }
  const replicationFactor = config.get('replication.factor');
  const partitions = config.get('partitions');
  const settings = new Map([...config].filter(([key]) => !TOPIC_OPTIONS.has(key)));
  intake.topics.push({
    name,
    config: settings,
    ...(replicationFactor && { replicationFactor }),
    ...(partitions && { partitions }),
  });
}
