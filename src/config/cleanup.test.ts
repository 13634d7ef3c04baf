/** How topics are compacted: whose word counts, what Kafka refuses, what only holdfast.yaml says. */
import { describe, expect, test } from 'vitest';
import { read, refusal } from './fixtures/folder.ts';
import type { Compaction } from './index.ts';

type Facts = Omit<Compaction, 'settings'>;

/** The compaction of the topic `t` whose settings are `config`, without where they come from. */
function compaction(config: string, more = '', server = ''): Facts | undefined {
  const { topics } = read({
    'holdfast.yaml': `kafka: { version: "4.1", brokers: 1 }\ntopics:\n  - name: t\n    config: { ${config} }\n${more}`,
    'server.properties': `node.id=1\nprocess.roles=broker,controller\n${server}`,
  });
  const known = topics.find(({ name }) => name === 't')?.compaction;
  if (known === undefined) return undefined;
  const { settings: _, ...facts } = known;
  return facts;
}

const plain: Facts = {
  retains: false,
  cleans: true,
  deleteRetentionMs: 86_400_000,
  slowestReaderMs: null,
};

test('a topic is not compacted unless it, or its brokers, say so', () => {
  expect(compaction('retention.ms: 1')).toBe(undefined);
  expect(compaction('cleanup.policy: compact')).toEqual(plain);
  expect(compaction('retention.ms: 1', '', 'log.cleanup.policy=compact\n')).toEqual(plain);
});

test('the topic wins over the brokers', () => {
  const server = 'log.cleaner.delete.retention.ms=5\nlog.cleaner.enable=false\n';
  expect(compaction('cleanup.policy: compact', '', server)).toEqual({
    ...plain,
    deleteRetentionMs: 5,
    cleans: false,
  });
  const own = compaction('cleanup.policy: compact, delete.retention.ms: 7', '', server);
  expect(own?.deleteRetentionMs).toBe(7);
});

describe('compact,delete deletes', () => {
  test.each([
    ['by the default of seven days', '', '', true],
    ['not without any limit', ', retention.ms: -1', '', false],
    ['by size', ', retention.ms: -1, retention.bytes: 10', '', true],
    [
      "not by the brokers' hours if their milliseconds say never",
      '',
      'log.retention.ms=-1\n',
      false,
    ],
    ['by minutes', '', 'log.retention.minutes=3\nlog.retention.hours=-1\n', true],
  ])('%s', (_, config, server, retains) => {
    const policy = 'cleanup.policy: "compact,delete"';
    expect(compaction(`${policy}${config}`, '', server)?.retains).toBe(retains);
  });
});

test('holdfast.yaml says how long the slowest reader takes', () => {
  expect(compaction('cleanup.policy: compact', '    slowestReader: 36h\n')?.slowestReaderMs).toBe(
    129_600_000,
  );
});

const yaml = (topic: string): Record<string, string> => ({
  'holdfast.yaml': `kafka: { version: "4.1", brokers: 1 }\ntopics:\n  - name: t\n${topic}`,
});

test.each([
  [
    '    config: { cleanup.policy: compacted }\n',
    'd/holdfast.yaml:4: cleanup.policy is "compacted"; expected compact, delete or compact,delete: write for example compact',
  ],
  [
    '    config: { cleanup.policy: compact, min.cleanable.dirty.ratio: 2 }\n',
    'd/holdfast.yaml:4: min.cleanable.dirty.ratio is "2"; expected a number from 0 to 1: write for example 0.5',
  ],
  [
    '    config: { cleanup.policy: compact, delete.retention.ms: -1 }\n',
    'd/holdfast.yaml:4: delete.retention.ms is "-1"; expected a whole number of at least 0: write for example 1',
  ],
  [
    '    config: { cleanup.policy: compact, min.compaction.lag.ms: 9, max.compaction.lag.ms: 8 }\n',
    'd/holdfast.yaml:4: min.compaction.lag.ms (9) is greater than max.compaction.lag.ms (8), which Kafka refuses for t; lower the one or raise the other',
  ],
  [
    '    slowestReader: soon\n    config: { cleanup.policy: compact }\n',
    'd/holdfast.yaml:4: slowestReader is "soon"; expected a number with its unit (ms, s, m, h or d): write for example 36h',
  ],
  [
    '    slowestReader: 36h\n',
    'd/holdfast.yaml:4: slowestReader is about compaction, and t has cleanup.policy delete; set cleanup.policy to compact, or remove slowestReader',
  ],
])('%s is refused', (topic, message) => {
  expect(refusal(yaml(topic))).toBe(message);
});

test('what no verdict says is a note', () => {
  const notes = (topic: string): readonly string[] =>
    read(yaml(topic)).notes.filter((note) => /\bt\b/.test(note));
  expect(notes('    config: { cleanup.policy: compact }\n')).toEqual([
    'nobody says how long the slowest reader of t takes from its start to its end: it is judged for a reader that takes as long as it likes; state topics[].slowestReader',
  ]);
  expect(
    notes(
      '    slowestReader: 1h\n    config: { cleanup.policy: compact, min.cleanable.dirty.ratio: 1 }\n',
    ),
  ).toEqual([
    't has min.cleanable.dirty.ratio 1 and no max.compaction.lag.ms: the dirty ratio is never above 1, so nothing is ever compacted',
    't is judged counting on this: no pass of the log cleaner takes longer than what log.cleaner.delete.retention.ms (86400000) leaves beside slowestReader (1h)',
  ]);
});
