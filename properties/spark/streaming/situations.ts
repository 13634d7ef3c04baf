/**
 * Situations that must be possible, so that no claim holds for want of anything happening: for the
 * course of a batch, and for every fault class.
 */
import { type Ledger, sinkTraits, type Task } from '../../../models/spark/streaming/index.ts';
import { type Claim, type Local, sometimes } from '../../../src/model/index.ts';
import * as view from './views.ts';
import { ofDrivers, type Subject, suffers } from './views.ts';

type Committed = { checkpoint: view.Shape };

const theLastBatchIsCommitted = ({ bounds }: Subject): Claim =>
  sometimes(
    'theLastBatchIsCommitted',
    'As many batches as the bounds allow are committed.',
    { checkpoint: view.shape },
    ({ checkpoint }: Committed) => checkpoint.commits.includes(bounds.batches - 1),
  );

/** Two of them, unless tiny bounds and an aborted record leave only one to read. */
const everythingIsInTheSink = (subject: Subject): Claim => {
  const { records } = subject.bounds;
  const readable = Array.from({ length: records }, (_, record) => view.isVisible(subject, record));
  const enough = Math.min(2, readable.filter(Boolean).length);
  return sometimes(
    'everythingIsInTheSink',
    'Several records are in the sink.',
    { sink: view.seen },
    ({ sink }: { sink: number[] }) => sink.filter((count) => count > 0).length >= enough,
  );
};

const aBatchIsRunAgain = (subject: Subject): Claim =>
  sometimes(
    'aBatchIsRunAgain',
    'After a crash a driver runs a batch of which something is in the sink already.',
    { ...ofDrivers(subject, view.doing), sink: view.reached },
    (views: Record<string, unknown>) =>
      subject.drivers.some((name) => {
        const { state, batch } = views[name] as view.Doing;
        const { touched } = views.sink as view.Reached;
        return state === 'walWritten' && Object.values(touched).some((id) => id === batch);
      }),
  );

const aZombieLingers = (subject: Subject): Claim => {
  const zombies = subject.drivers.flatMap((driver) =>
    Array.from({ length: subject.partitions }, (_, task) => `${driver}-task${task + 1}-zombie`),
  );
  const assigned = (local: Local): number => (local.context as Task).assignment?.batch ?? -1;
  return sometimes(
    'aZombieLingers',
    'A task given up as lost still runs when its batch is committed.',
    { checkpoint: view.shape, ...Object.fromEntries(zombies.map((name) => [name, assigned])) },
    (views: Record<string, unknown>) =>
      zombies.some((name) =>
        (views.checkpoint as view.Shape).commits.includes(views[name] as number),
      ),
  );
};

const twoDriversRunOneBatch = (): Claim =>
  sometimes(
    'twoDriversRunOneBatch',
    'Two drivers run the same batch at once.',
    { driver1: view.doing, driver2: view.doing },
    ({ driver1, driver2 }: Record<string, view.Doing>) =>
      driver1!.state === 'running' &&
      driver2!.state === 'running' &&
      driver1!.batch === driver2!.batch,
  );

const aDriverFails = (name: string, means: string, error: string): Claim =>
  sometimes(
    name,
    means,
    { driver1: view.doing },
    ({ driver1 }: { driver1: view.Doing }) => driver1.error === error,
  );

const aFileIsTorn = (): Claim =>
  sometimes(
    'aFileIsTorn',
    'A log file is there and not whole.',
    { checkpoint: view.shape },
    ({ checkpoint }: Committed) => checkpoint.torn.length > 0,
  );

const theCheckpointIsNew = (): Claim =>
  sometimes(
    'theCheckpointIsNew',
    'A query starts anew where another one was committed before.',
    { checkpoint: view.logs },
    ({ checkpoint }: { checkpoint: view.Logs }) => checkpoint.query > 0 && checkpoint.lc >= 0,
  );

const theTopicShrinks = (): Claim =>
  sometimes(
    'theTopicShrinks',
    'Records go from the topic.',
    { source: view.topic },
    ({ source }: { source: view.Topic }) =>
      source.logStart.some((start) => start > 0) || source.cuts.some((cut) => cut !== null),
  );

const aWindowCloses = (): Claim =>
  sometimes(
    'aWindowCloses',
    'The watermark closes a window, and its record reaches the sink.',
    { ledger: (local: Local) => Object.values((local.context as Ledger).rows) },
    ({ ledger }: { ledger: string[] }) => ledger.some((rows) => rows !== ''),
  );

/** The situations that the options and faults of `subject` must bring about. */
export function situations(subject: Subject): Claim[] {
  const crashes = suffers(subject, 'driverCrash');
  const staysInDoubt = crashes && !sinkTraits[subject.sink].volatile;
  return [
    theLastBatchIsCommitted(subject),
    everythingIsInTheSink(subject),
    ...(staysInDoubt ? [aBatchIsRunAgain(subject)] : []),
    ...(suffers(subject, 'zombieWrite') ? [aZombieLingers(subject)] : []),
    ...(suffers(subject, 'secondDriver') ? [twoDriversRunOneBatch()] : []),
    ...(suffers(subject, 'secondDriver') && subject.storage === 'hdfs'
      ? [aDriverFails('aLoserIsFenced', 'A second driver ends the first.', 'concurrentUpdate')]
      : []),
    ...(suffers(subject, 'tornFile') && subject.storage !== 'hdfs' ? [aFileIsTorn()] : []),
    ...(suffers(subject, 'checkpointDeleted') ? [theCheckpointIsNew()] : []),
    ...(suffers(subject, 'retentionPassed', 'sourceTruncated') ? [theTopicShrinks()] : []),
    ...(suffers(subject, 'retentionPassed') && subject.failOnDataLoss
      ? [aDriverFails('lossStopsTheQuery', 'The query fails for lost records.', 'dataLoss')]
      : []),
    ...(subject.operator === 'aggregate' ? [aWindowCloses()] : []),
  ];
}
