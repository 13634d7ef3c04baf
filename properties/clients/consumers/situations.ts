/**
 * Situations that must be possible, so that no claim holds for want of anything happening: for every
 * fault class, and for every turn that the claims are about.
 */
import { type ConsumerOptions, consumerIds } from '../../../models/clients/consumers/index.ts';
import { type Claim, sometimes } from '../../../src/model/index.ts';
import * as view from './views.ts';
import { ofConsumers } from './views.ts';

const lives = (views: Record<string, unknown>): view.Life[] =>
  consumerIds.map((id) => views[id] as view.Life);

const everyRecordIsProcessed = (): Claim =>
  sometimes(
    'everythingWrittenIsProcessed',
    'All records are written and processed.',
    { history: view.effects },
    ({ history }) => history.every((times: number) => times > 0),
  );

const theGroupCommits = (): Claim =>
  sometimes(
    'theGroupCommits',
    'A committed offset lies behind a record.',
    { group: view.committed },
    ({ group }) => (group?.offset ?? 0) > 0,
  );

const thePartitionChangesHands = (): Claim =>
  sometimes(
    'thePartitionChangesHands',
    'The second member has the partition.',
    { c2: view.life },
    ({ c2 }) => c2.owns === 'fetching',
  );

const aZombieProcesses = (): Claim =>
  sometimes(
    'aZombieProcesses',
    'A consumer that was removed from the group goes on, while another has the partition.',
    ofConsumers(view.life),
    (views) => lives(views).every(({ owns }) => owns !== null),
  );

const aConsumerIsDown = (): Claim =>
  sometimes('aConsumerIsDown', 'A consumer does not run.', ofConsumers(view.life), (views) =>
    lives(views).some(({ state }) => state === 'down'),
  );

const aLeaderIsReplaced = (): Claim =>
  sometimes(
    'aLeaderIsReplaced',
    'A consumer fetches in a later leader epoch.',
    { c1: view.standing },
    ({ c1 }) => (c1?.leaderEpoch ?? 0) > 0,
  );

const aConsumerReadsFromTheFollower = (): Claim =>
  sometimes(
    'aConsumerReadsFromTheFollower',
    'A consumer was sent to the follower.',
    ofConsumers(view.replica),
    (views) => consumerIds.some((id) => views[id] === 'follower'),
  );

const offsetsAreGone = (): Claim =>
  sometimes(
    'offsetsAreGone',
    'Nothing is committed.',
    { group: view.committed },
    ({ group }) => group === null,
  );

const aTransactionWaitsForItsMarker = (): Claim =>
  sometimes(
    'aTransactionWaitsForItsMarker',
    'Offsets are decided, and not yet installed.',
    { group: view.decided },
    ({ group }) => group > 0,
  );

/** The situations that `options` must bring about. */
export function situations(options: ConsumerOptions): Claim[] {
  const has = (...kinds: string[]): boolean =>
    kinds.some((kind) => (options.faults[kind] ?? 0) > 0);
  const leaves = has('consumerCrash', 'rebalance', 'processingError');
  return [
    everyRecordIsProcessed(),
    theGroupCommits(),
    ...(leaves || has('slowConsumer') ? [thePartitionChangesHands()] : []),
    ...(has('slowConsumer') ? [aZombieProcesses()] : []),
    ...(leaves ? [aConsumerIsDown()] : []),
    ...(options.hasFollower && has('brokerCrash') ? [aLeaderIsReplaced()] : []),
    ...(options.hasFollower && options.readsFollower ? [aConsumerReadsFromTheFollower()] : []),
    ...(has('offsetsExpired') ? [offsetsAreGone()] : []),
    ...(options.commits === 'inTransaction' ? [aTransactionWaitsForItsMarker()] : []),
  ];
}
