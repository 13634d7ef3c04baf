/** Situations that must be possible, so that no claim holds for want of anything happening. */
import {
  type CompactionOptions,
  isMarker,
  type Ledger,
  type Partition,
  type Reader,
  type Replica,
  replicasOf,
} from '../../../models/clients/compaction/index.ts';
import { type Claim, type Local, sometimes, type View } from '../../../src/model/index.ts';
import { isLeading, reads } from './views.ts';

const replica = (local: Local): Replica => local.context as Replica;

/** Something is true of the first replica. */
const first = (name: string, means: string, isThere: (local: Local) => boolean): Claim =>
  sometimes(name, means, { b1: isThere as View }, ({ b1 }) => b1);

/** Offsets below the clean point that are gone; with what was written there. */
const gone: View = (local) => {
  const { entries, startOffset, firstDirty } = replica(local);
  const held = entries.map(({ offset }) => offset);
  const all = Array.from({ length: firstDirty }, (_, offset) => offset);
  return all.filter((offset) => offset >= startOffset && !held.includes(offset));
};
const goneAre = (name: string, means: string, kinds: readonly string[]): Claim =>
  sometimes(
    name,
    means,
    { b1: gone, ledger: ({ context }) => (context as Ledger).written.map(({ kind }) => kind) },
    ({ b1, ledger }: { b1: number[]; ledger: string[] }) =>
      b1.some((offset) => kinds.includes(ledger[offset]!)),
  );

const always = (): Claim[] => [
  sometimes(
    'theReaderReadsToTheEnd',
    'The reader is at the end and has read something.',
    { reader: reads },
    ({ reader }) => reader.atEnd && reader.table.some((offset: number | null) => offset !== null),
  ),
];

const whereItCleans = ({ passes }: CompactionOptions): Claim[] => [
  goneAre('aSupersededValueIsGone', 'Cleaning has removed a value.', ['put']),
  goneAre('aTombstoneIsGone', 'Cleaning has removed a tombstone.', ['delete']),
  ...(passes === 'inSteps'
    ? [
        first('aPassIsHalfDone', 'Some segments of a pass are swapped in, others not.', (local) => {
          const { pass } = replica(local);
          return pass !== null && pass.at > 0 && pass.at < pass.to;
        }),
      ]
    : []),
];

const whereItDeletes: Claim[] = [
  sometimes(
    'theReaderIsOutOfRange',
    'Retention has deleted what the reader would read next.',
    {
      b1: (local) => replica(local).startOffset,
      reader: ({ context }) => (context as Reader).position,
    },
    ({ b1, reader }) => reader > 0 && reader < b1,
  ),
];

const withTransactions = ({ policy }: CompactionOptions): Claim[] => [
  first(
    'aTransactionHoldsReadersUp',
    'The last stable offset is below the high watermark.',
    (local) => {
      const { entries } = replica(local);
      const marker = entries.findLast(isMarker)?.offset ?? -1;
      return entries.some(({ transactional, offset }) => transactional && offset > marker);
    },
  ),
  ...(policy.includes('compact')
    ? [goneAre('aMarkerIsGone', 'Cleaning has removed a transaction marker.', ['commit', 'abort'])]
    : []),
];

const ofLimitedPace = first(
  'timeWaitsForTheReader',
  'A horizon cannot pass before the reader is at the end.',
  (local) => {
    const { passable, entries } = replica(local);
    return passable === 0 && entries.some(({ horizon }) => (horizon ?? 0) > 0);
  },
);

const withTwoReplicas = [
  sometimes(
    'replicasAreCleanedApart',
    'One replica has cleaned what the other holds as it was written.',
    { b1: gone, b2: (local) => replica(local).entries.map(({ offset }) => offset) },
    ({ b1, b2 }) => b1.some((offset: number) => b2.includes(offset)),
  ),
];

function underFaults({ faults, replicas }: CompactionOptions): Claim[] {
  const has = (fault: string): boolean => (faults[fault] ?? 0) > 0;
  const secondLeads = (name: string, means: string): Claim =>
    sometimes(name, means, { b2: isLeading }, ({ b2 }) => b2);
  return [
    ...(has('brokerCrash')
      ? [first('aBrokerIsDown', 'A broker has crashed.', ({ value }) => value === 'down')]
      : []),
    ...(has('brokerCrash') && replicas > 1
      ? [secondLeads('theOtherReplicaTakesOver', 'The other replica leads after a crash.')]
      : []),
    ...(has('slowReplica') && replicas > 1
      ? [
          sometimes(
            'theFollowerLags',
            'The follower is out of the ISR.',
            { partition: ({ context }) => (context as Partition).followerInSync },
            ({ partition }) => !partition,
          ),
        ]
      : []),
    ...(has('leaderMove') && replicas > 1
      ? [secondLeads('leadershipMoves', 'Leadership has been moved to the other replica.')]
      : []),
  ];
}

/** Situations that the system of `options` must be able to come to. */
export const compactionSituations = (options: CompactionOptions): Claim[] => [
  ...always(),
  ...(options.policy.includes('compact') ? whereItCleans(options) : []),
  ...(options.policy.includes('delete') ? whereItDeletes : []),
  ...(options.transactions ? withTransactions(options) : []),
  ...(options.readerPace !== 'any' && options.policy.includes('compact') ? [ofLimitedPace] : []),
  ...(replicasOf(options).length > 1 && options.policy.includes('compact') ? withTwoReplicas : []),
  ...underFaults(options),
];
