/** What a consumer of a deployment is judged by, and the verdicts that must be seen. */
import { expect, test } from 'vitest';
import type { Deployment } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { explore } from '../../schedulers/explore.ts';
import { deploymentOf } from '../fixtures/deployment.ts';
import { faultRows } from '../rows.ts';
import { consumers } from './consumers.ts';

const LOST = 'at-least-once-consumption';

function deployment(given: {
  file?: string;
  said?: readonly string[];
  topic?: string;
  version?: string;
  storage?: string;
  copies?: number;
}): Deployment {
  const { file, said = [], topic = 'min.insync.replicas: 2', version = '4.1' } = given;
  const { storage = 'persistent', copies = 3 } = given;
  return deploymentOf({
    'holdfast.yaml': [
      'kafka:',
      `  version: "${version}"`,
      '  brokers: 3',
      `  storage: ${storage}`,
      'topics:',
      '  - name: orders',
      `    replicationFactor: ${copies}`,
      '    config:',
      `      ${topic}`,
      ...(said.length > 0 ? ['consumers:', ...said] : []),
      '',
    ].join('\n'),
    ...(file !== undefined && { 'payments.consumer.properties': `group.id=payments\n${file}` }),
  });
}

/** The rows in which the guarantee is broken, by the moves of the shortest counterexample. */
function broken(of: Deployment, guarantee = LOST): Record<string, number> {
  const [subject] = consumers.subjectsOf(of);
  const { claims } = consumers.guarantees.find(({ name }) => name === guarantee)!;
  const rows = faultRows(consumers.faults, undefined, undefined).map(({ faults }) => faults);
  return Object.fromEntries(
    rows.flatMap((faults): [string, number][] => {
      const input = inputOf(subject!.base, faults);
      const wanted = consumers.claims(input).filter(({ name }) => claims.includes(name));
      const lengths = explore(consumers.system(input), wanted).results.flatMap(
        ({ moves }) => moves?.length ?? [],
      );
      const name = Object.keys(faults)[0] ?? 'no faults';
      return lengths.length > 0 ? [[name, Math.min(...lengths)]] : [];
    }),
  );
}

const inputOf = (base: unknown, faults: Budget) =>
  consumers.inputOf(base, { faults, bounds: 'small', repairs: [] }).input;

const earliest = 'auto.offset.reset=earliest\n';
const manual = `${earliest}enable.auto.commit=false\n`;

test('a deployment without a consumer has no subject', () => {
  expect(consumers.subjectsOf(deployment({}))).toEqual([]);
});

test('each topic that a consumer reads is a subject', () => {
  const [subject] = consumers.subjectsOf(deployment({ file: earliest }));
  expect([subject!.name, subject!.summary, subject!.settings.map(({ key }) => key)]).toEqual([
    'payments reading orders',
    'commits automatically, processed in the poll loop, auto.offset.reset=earliest, read_uncommitted, classic protocol',
    [
      'group.id',
      'enable.auto.commit',
      'commits',
      'processing',
      'leaderEpochs',
      'auto.offset.reset',
      'isolation.level',
      'group.protocol',
      'auto.commit.interval.ms',
      'max.poll.interval.ms',
      'session.timeout.ms',
      'heartbeat.interval.ms',
      'offsets.retention.minutes',
      'replication.factor',
      'min.insync.replicas',
      'unclean.leader.election.enable',
    ],
  ]);
});

test('committed after processing nothing is lost under any fault', () => {
  expect(broken(deployment({ file: manual }))).toEqual({});
});

test('an auto-commit ahead of other threads loses without any fault', () => {
  const said = ['  - file: payments.consumer.properties', '    processing: handedOver'];
  expect(broken(deployment({ file: earliest, said }))).toEqual({
    'no faults': 5,
    brokerCrash: 5,
    lostMessage: 5,
    consumerCrash: 5,
    slowConsumer: 5,
    rebalance: 5,
    processingError: 5,
    offsetsExpired: 5,
  });
});

test('the default consumer loses what fails, and what is written while it has no offset', () => {
  expect(broken(deployment({ file: '' }))).toEqual({ processingError: 5, offsetsExpired: 3 });
});

test('an unclean election takes what consumers have not read, if one crash is enough', () => {
  const topic = (least: number): string =>
    `{ unclean.leader.election.enable: true, min.insync.replicas: ${least} }`;
  const of = (least: number, version: string): Record<string, number> =>
    broken(deployment({ file: 'enable.auto.commit=false\n', topic: topic(least), version }));
  expect(of(1, '4.1')).toEqual({ brokerCrash: 3, offsetsExpired: 3 });
  // Eligible leader replicas have what was shown: as many have to fail.
  expect(of(2, '4.1')).toEqual({ offsetsExpired: 3 });
  // Without them any replica may follow the last of the ISR, unless there are no more than those.
  expect(of(2, '4.0')).toEqual({ brokerCrash: 3, offsetsExpired: 3 });
  expect(of(3, '4.0')).toEqual({ offsetsExpired: 3 });
});

test('on ephemeral storage a crash takes what only the lost disk had', () => {
  const of = (given: { version?: string; copies?: number; topic?: string }) =>
    broken(deployment({ file: manual, storage: 'ephemeral', ...given })).brokerCrash;
  const single = { copies: 1, topic: 'min.insync.replicas: 1' };
  expect([of(single), of({ version: '4.0' }), of({ version: '4.1' })]).toEqual([3, 3, undefined]);
});

test('before 4.1 the consumer protocol commits ahead by itself', () => {
  const file = `${earliest}group.protocol=consumer\n`;
  const at = (version: string) => broken(deployment({ file, version }));
  expect([at('4.0').consumerCrash, at('4.1').consumerCrash]).toEqual([5, undefined]);
});

test('every situation is possible in every row, at every bounds', () => {
  const subjects = [
    ...['', manual, `${manual}isolation.level=read_committed\n`].map((file) =>
      deployment({ file }),
    ),
    deployment({ file: manual, storage: 'ephemeral', copies: 1, topic: 'flush.ms: 1' }),
  ].map((of) => consumers.subjectsOf(of)[0]!);
  const missed = subjects.flatMap(({ base }) =>
    (['tiny', 'small'] as const).flatMap((bounds) =>
      faultRows(consumers.faults, undefined, undefined).flatMap(({ faults }) => {
        const { input } = consumers.inputOf(base, { faults, bounds, repairs: [] });
        return explore(consumers.system(input), consumers.situations(input))
          .results.filter(({ verdict }) => verdict !== 'holds')
          .map(({ claim }) => [bounds, faults, claim.name]);
      }),
    ),
  );
  expect(missed).toEqual([]);
});

test('what is worth changing: the cheapest first, and nothing that is so already', () => {
  const tried = (of: Deployment): string[] =>
    consumers
      .changesOf(consumers.subjectsOf(of), of)
      .map(({ name, to, effort }) => `${name} -> ${to} (${effort})`);
  const commits = ['commits -> beforeProcessing (code)', 'commits -> inTransaction (code)'];
  expect([tried(deployment({ file: '' })), tried(deployment({ file: manual }))]).toEqual([
    ['auto.offset.reset -> earliest (client)', 'commits -> afterProcessing (code)', ...commits],
    commits,
  ]);
});

test('its input survives the way into a token and back', () => {
  const [subject] = consumers.subjectsOf(deployment({ file: manual }));
  const input = inputOf(subject!.base, { consumerCrash: 1 });
  expect(consumers.input.parse(JSON.parse(JSON.stringify(input)))).toEqual(input);
  expect(consumers.summaryOf(input)).toBe(
    'Kafka 4.1: commits after processing, processed in the poll loop, auto.offset.reset=earliest, read_uncommitted, classic protocol',
  );
});
