/** What an operator, or whoever writes the application, could change about a consumer. */
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { ConsumersBase } from './consumers.ts';

type Readers = readonly Subject<ConsumersBase>[];
type ConsumersChange = Change<ConsumersBase>;

/** Changes worth trying, those that are already so left out. `readers` have equal settings. */
export const consumersChanges = (readers: Readers): ConsumersChange[] => [
  ...resets(readers),
  ...elections(readers),
  ...protocols(readers),
  ...commits(readers),
  ...processing(readers),
  ...epochs(readers),
];

function resets(readers: Readers): ConsumersChange[] {
  if (readers[0]!.base.reset === 'earliest') return [];
  return [
    {
      name: 'auto.offset.reset',
      settings: deciding(readers, 'auto.offset.reset'),
      to: 'earliest',
      effort: 'client',
      price: 'A group without offsets reads all that the topic still has.',
      apply: (base) => ({ ...base, reset: 'earliest' }),
    },
  ];
}

function elections(readers: Readers): ConsumersChange[] {
  if (!readers[0]!.base.uncleanElection) return [];
  return [
    {
      name: 'unclean elections',
      settings: deciding(readers, 'unclean.leader.election.enable'),
      to: 'false',
      effort: 'dynamic',
      price: 'While no replica that is known to be complete runs, there is no leader.',
      apply: (base) => ({ ...base, uncleanElection: false }),
    },
  ];
}

/** Before 4.1 the client of the consumer protocol commits ahead (KAFKA-18641). */
function protocols(readers: Readers): ConsumersChange[] {
  if (readers[0]!.base.protocol === 'classic') return [];
  return [
    {
      name: 'group.protocol',
      settings: deciding(readers, 'group.protocol'),
      to: 'classic',
      effort: 'client',
      price: 'Every change of the group stops all its members until all have joined again.',
      apply: (base) => ({ ...base, protocol: 'classic' }),
    },
  ];
}

/** The application has to do it, and its client must not: a line of configuration alone does not make it so. */
function commits(readers: Readers): ConsumersChange[] {
  const now = readers[0]!.base.commits;
  const of = (to: ConsumersBase['commits'], price: string): ConsumersChange => ({
    name: 'commits',
    settings: deciding(readers, 'commits'),
    to,
    needs: [{ settings: deciding(readers, 'enable.auto.commit'), to: 'false' }],
    effort: 'code',
    price,
    apply: (base) => ({ ...base, commits: to }),
  });
  return [
    of(
      'afterProcessing',
      'The application commits what it has processed, and sees some of it again.',
    ),
    of('beforeProcessing', 'What is in hand when a consumer ends is lost.'),
    of(
      'inTransaction',
      'Results go to Kafka only, in transactions, and are read with read_committed.',
    ),
  ].filter(({ to }) => to !== now);
}

function processing(readers: Readers): ConsumersChange[] {
  if (readers[0]!.base.processing === 'inPoll') return [];
  return [
    {
      name: 'processing',
      settings: deciding(readers, 'processing'),
      to: 'inPoll',
      effort: 'code',
      price: 'A consumer is as fast as one thread is for its partitions.',
      apply: (base) => ({ ...base, processing: 'inPoll' }),
    },
  ];
}

function epochs(readers: Readers): ConsumersChange[] {
  if (readers[0]!.base.commitsEpoch) return [];
  return [
    {
      name: 'leader epochs',
      settings: deciding(readers, 'leaderEpochs'),
      to: 'true',
      effort: 'code',
      price: 'Commits are made with the leader epoch of the last record.',
      apply: (base) => ({ ...base, commitsEpoch: true }),
    },
  ];
}
