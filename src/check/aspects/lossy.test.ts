/** Models that take a log to lose nothing say nothing where a crash may take something with it. */
import { expect, test } from 'vitest';
import type { Deployment } from '../../config/index.ts';
import { deploymentOf } from '../fixtures/deployment.ts';
import { compaction } from './compaction.ts';
import { transactions } from './transactions.ts';

const deployed = (unclean: boolean, version = '4.1', more = ''): Deployment =>
  deploymentOf({
    'holdfast.yaml': [
      `kafka: { version: "${version}", brokers: 3, storage: persistent }`,
      'topics:',
      '  - name: table',
      '    replicationFactor: 3',
      '    config:',
      '      cleanup.policy: compact',
      `      unclean.leader.election.enable: ${unclean}`,
      more,
      '',
    ].join('\n'),
    'producer.properties': 'transactional.id=t\n',
  });

const LOST =
  'Not explored: the model takes the log to lose nothing that is committed, and here a crash may ' +
  'lose some (unclean elections, or the only copy on ephemeral storage).';

const refusals = (aspect: typeof compaction, deployment: Deployment): (string | null)[] => {
  const subject = aspect.subjectsOf(deployment).find(({ name }) => name.startsWith('table'))!;
  return [{}, { brokerCrash: 1 }].map((faults) =>
    aspect.refusal(aspect.inputOf(subject.base, { faults, bounds: 'tiny', repairs: [] }).input),
  );
};

test('a crash under unclean elections is not explored, and nothing else is refused', () => {
  expect(refusals(compaction, deployed(true))).toEqual([null, LOST]);
  expect(refusals(transactions, deployed(true))).toEqual([null, LOST]);
  expect(refusals(compaction, deployed(false))).toEqual([null, null]);
  expect(refusals(transactions, deployed(false))).toEqual([null, null]);
});

test('transactions of Kafka 4.2 are not judged as those of 4.1', () => {
  const sentence =
    'Not explored: Kafka 4.2 changed how transactions end (KAFKA-19446), and the model knows 4.1.';
  expect(refusals(transactions, deployed(false, '4.2'))).toEqual([sentence, sentence]);
});

test('where a process transforms, a topic is judged for it and for plain producers', () => {
  const consumers = 'consumers:\n  - group: g\n    topics: [table]\n    commits: inTransaction\n';
  const names = transactions.subjectsOf(deployed(false, '4.1', consumers)).map(({ name }) => name);
  expect(names).toEqual(['table', 'table, transformed']);
});

test('a Spark query that reads what is not committed is a reader of the topic', () => {
  const stream = [
    'consumers:',
    '  - group: g',
    '    topics: [table]',
    '    file: consumer.properties',
    'stream:',
    '  source: { topic: table }',
    '  stateful: false',
    '  sink: { kind: other }',
    '  checkpoint: hdfs://n/c',
  ].join('\n');
  const files = { 'consumer.properties': 'group.id=g\nisolation.level=read_committed\n' };
  const read = (more: string): string | undefined => {
    const text = [
      'kafka: { version: "4.1", brokers: 3, storage: persistent }',
      'topics: [{ name: table, replicationFactor: 3 }]',
      more,
      '',
    ].join('\n');
    const found = deploymentOf({
      ...files,
      'holdfast.yaml': text,
      'producer.properties': 'transactional.id=t\n',
    });
    return found.transactions[0]?.isolationLevel;
  };
  expect(read(stream)).toBe('read_uncommitted');
  expect(read(stream.slice(0, stream.indexOf('stream:')))).toBe('read_committed');
});
