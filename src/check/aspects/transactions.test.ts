/** From a deployment's files to the model of transactions. */
import { describe, expect, test } from 'vitest';
import { read } from '../../config/fixtures/folder.ts';
import type { Deployment } from '../../config/index.ts';
import { explore } from '../../schedulers/explore.ts';
import type { RowInput } from './aspect.ts';
import { transactions } from './transactions.ts';

/** A topic with a transactional producer and one reader. */
const deployed = (version: string, isolation: string, more = ''): Deployment =>
  read({
    'holdfast.yaml': `kafka: { version: "${version}", brokers: 1${more} }\ntopics: [{ name: orders }]\n`,
    'producer.properties': 'transactional.id=t1\n',
    'consumer.properties': `group.id=g\nisolation.level=${isolation}\n`,
  });

const row = (faults: RowInput['faults'], repairs: readonly string[] = []): RowInput => ({
  faults,
  bounds: 'small',
  repairs,
});

/** The guarantees' claims that fail, each with the moves that break it. */
function broken(deployment: Deployment, given: RowInput): Record<string, number> {
  const [subject] = transactions.subjectsOf(deployment);
  const { input } = transactions.inputOf(subject!.base, given);
  const { results } = explore(transactions.system(input), transactions.claims(input));
  return Object.fromEntries(
    results.flatMap((r) => (r.moves ? [[r.claim.name, r.moves.length]] : [])),
  );
}

const committed = deployed('4.1', 'read_committed');

describe('what a deployment comes to', () => {
  test('a topic of a transactional producer is a subject, and says what decides', () => {
    expect(transactions.subjectsOf(committed).map(({ name, summary }) => [name, summary])).toEqual([
      [
        'orders',
        'transactional producer, transaction.version 2, partitions verified, readers read_committed',
      ],
    ]);
  });

  test('a broker that crashes takes a message with it, and the row says so', () => {
    const [{ base } = { base: undefined }] = transactions.subjectsOf(committed);
    const { input, note } = transactions.inputOf(base, row({ brokerCrash: 1 }));
    expect([input.faults, note]).toEqual([
      { brokerCrash: 1, lostMessage: 1 },
      'brokerCrash=1 is explored as brokerCrash=1, lostMessage=1: a broker that crashes takes a request or an answer with it.',
    ]);
  });

  test('a token may carry what a deployment comes to', () => {
    const [{ base } = { base: undefined }] = transactions.subjectsOf(committed);
    const { input } = transactions.inputOf(base, row({ lostMessage: 1 }));
    expect(transactions.input.parse(JSON.parse(JSON.stringify(input)))).toEqual(input);
  });
});

describe('verdicts', () => {
  test.each([{ brokerCrash: 1 }, { producerCrash: 1 }, { zombieProducer: 1 }])(
    'Kafka 4.1 and read_committed keep every guarantee under %o',
    (faults) => {
      expect(broken(committed, row(faults))).toEqual({});
    },
  );

  test('under a broken connection they keep it once TF-1 is repaired', () => {
    expect(broken(committed, row({ lostMessage: 1 }))).toEqual({
      aTransactionIsCommittedAsAWhole: 11,
      onlyWhatWasAskedForIsCommitted: 10,
      acknowledgedCommitsStand: 10,
      readersSeeOnlyCommittedTransactions: 10,
    });
    expect(broken(committed, row({ lostMessage: 1 }, ['TF-1']))).toEqual({});
  });

  test('Kafka 3.9 breaks atomicity by a request that is read late, whatever is repaired', () => {
    const old = deployed('3.9', 'read_committed');
    expect(Object.keys(broken(old, row({ lostMessage: 1 }, ['TF-1', 'TF-2'])))).toEqual([
      'aTransactionIsCommittedAsAWhole',
      'onlyWhatWasAskedForIsCommitted',
      'acknowledgedCommitsStand',
      'nothingOfAFencedProducerIsCommitted',
      'readersSeeOnlyCommittedTransactions',
    ]);
  });

  test('the default isolation level breaks no-aborted-reads without any fault', () => {
    expect(broken(deployed('4.1', 'read_uncommitted'), row({}))).toEqual({
      readersSeeOnlyCommittedTransactions: 2,
    });
  });
});

describe('changes', () => {
  test('mend what they are for', () => {
    const weak = deployed('4.1', 'read_uncommitted', ', transactionVersion: 0');
    const subjects = transactions.subjectsOf(weak);
    const changes = transactions.changesOf(subjects, weak);
    expect(changes.map(({ name, to, effort }) => `${name} ${to} (${effort})`)).toEqual([
      'isolation level read_committed (client)',
      'transaction version 2 (dynamic)',
    ]);
    const mended = changes.reduce((base, { apply }) => apply(base), subjects[0]!.base);
    const { input } = transactions.inputOf(mended, row({ lostMessage: 1 }, ['TF-1']));
    const { results } = explore(transactions.system(input), transactions.claims(input));
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });
});
