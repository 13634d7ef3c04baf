import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDeployment } from './disk.ts';
import { withFolder } from './fixtures/folder.ts';
import { ConfigError } from './index.ts';

/** Small files that use every reader; mutations start from them. */
const SEEDS: Readonly<Record<string, string>> = {
  'server.properties':
    'process.roles=broker\nnode.id=1\nmin.insync.replicas=2\ndefault.replication.factor=3\n' +
    'log.flush.interval.messages=1\nzookeeper.connect=z\nunclean.leader.election.enable=true\n',
  'orders.topic.properties': 'replication.factor=3\nmin.insync.replicas=2\nflush.messages=1\n',
  'producer.properties': 'acks=all\nenable.idempotence=true\nretries=3\ntransactional.id=t\n',
  'compose.yaml':
    'x: &x { KAFKA_NODE_ID: 1, KAFKA_MIN_INSYNC_REPLICAS: "$' +
    '{M:-1}" }\nservices:\n  kafka:\n    image: confluentinc/cp-kafka:8.0.0\n    environment:\n' +
    '      <<: *x\n      KAFKA_PROCESS_ROLES: broker\n    volumes: ["a:/var/lib/kafka/data"]\n' +
    '    deploy: { replicas: 3 }\n',
  'kafka.yaml':
    'apiVersion: kafka.strimzi.io/v1\nkind: KafkaNodePool\nmetadata: { name: a }\nspec:\n' +
    '  replicas: 3\n  roles: [broker]\n  storage: { type: ephemeral }\n---\n' +
    'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: { name: k }\nspec:\n  kafka:\n' +
    '    version: 4.1.0\n    config: { min.insync.replicas: 2 }\n',
  'holdfast.yaml':
    'kafka: { version: "4.1", brokers: 3, storage: ephemeral }\ntopics:\n  - name: a\n' +
    '    replicationFactor: 3\n    config: { min.insync.replicas: 2 }\nstream:\n' +
    '  source: { topic: a }\n  stateful: true\n  sink: { kind: delta }\n  checkpoint: c\n' +
    'require: { guarantees: [recovers] }\nsurvive: { powerLoss: 1 }\n',
};
/** At most one file describes the cluster, or nearly every folder would be refused for that. */
const CLUSTERS = ['server.properties', 'compose.yaml', 'kafka.yaml'];
const OTHERS = [
  ...Object.keys(SEEDS).filter((name) => !CLUSTERS.includes(name)),
  'client.properties',
  'spark-defaults.conf',
  'topic.yml',
];

/** Pieces that mean something to one of the readers, so that mutations reach further. */
const PIECES = [
  ...['=', ':', '\\u', '\\', '\n', '\r', '  ', '-', '[', '{', '}', ']', '&a', '*a', '<<: ', '"'],
  ...[
    '---\n',
    '0',
    '-1',
    '99999999999',
    'true',
    'null',
    '__proto__',
    'constructor',
    '${',
    '\u0000',
  ],
  ...Object.values(SEEDS).flatMap((text) => text.split('\n')),
];

const mutated = (seed: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(),
        cut: fc.integer({ min: 0, max: 12 }),
        put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5, unit: 'binary' })),
      }),
      { maxLength: 3 },
    )
    .map((edits) =>
      edits.reduce((text, { at, cut, put }) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + put + text.slice(from + cut);
      }, seed),
    );

const content = (name: string): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof(
    { weight: 8, arbitrary: mutated(SEEDS[name] ?? 'acks=all\n') },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES)).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  );

const folder = fc
  .tuple(fc.option(fc.constantFrom(...CLUSTERS)), fc.subarray(OTHERS, { maxLength: 2 }))
  .map(([cluster, others]) => (cluster === null ? others : [cluster, ...others]))
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, content(name)])), {
      noNullPrototype: true,
    }),
  );

const UNPOLLUTED = Object.getOwnPropertyNames(Object.prototype);

test('whatever the files hold, reading ends with a deployment or one ConfigError', () => {
  let readable = 0;
  let refused = 0;
  const property = fc.property(folder, (files) => {
    withFolder(files, (root) => {
      try {
        const deployment = readDeployment([`${root}/d`]);
        for (const topic of deployment.topics) {
          expect(topic.replicationFactor).toBeGreaterThan(0);
          expect(topic.replicationFactor).toBeLessThanOrEqual(topic.brokers);
          expect(topic.effectiveMinInsyncReplicas).toBeGreaterThan(0);
          expect(topic.settings.length).toBe(8);
        }
        readable += 1;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal
        expect(error.message).not.toMatch(/[\u0000-\u001f]/);
        refused += 1;
      }
    });
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(UNPOLLUTED);
  });
  fc.assert(property, { seed: 20_261_123, numRuns: 800 });
  // Neither outcome may crowd out the other, or the property says little.
  expect(Math.min(readable, refused)).toBeGreaterThan(100);
});
