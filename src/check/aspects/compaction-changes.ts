/** What an operator could change about a compacted topic. */
import { millisecondsOf } from '../../config/index.ts';
import type { Subject } from './aspect.ts';
import { type Change, deciding } from './change.ts';
import type { CompactionBase } from './compaction.ts';

type Topics = readonly Subject<CompactionBase>[];
type CompactionChange = Change<CompactionBase>;

/** Changes worth trying, those that are already so left out. */
export const compactionChanges = (topics: Topics): CompactionChange[] => [
  ...notDeleted(topics),
  ...longerTombstones(topics),
];

function notDeleted(topics: Topics): CompactionChange[] {
  if (topics[0]!.base.policy !== 'compact,delete') return [];
  return [
    {
      name: 'cleanup policy',
      settings: deciding(topics, 'cleanup.policy', 'log.cleanup.policy'),
      to: 'compact',
      effort: 'dynamic',
      price: 'A key that is never deleted is kept for ever: the topic grows with its keys.',
      apply: (base) => ({ ...base, policy: 'compact' }),
    },
  ];
}

/** Twice what the slowest reader takes: the rest is room for a pass of the cleaner. */
function longerTombstones(topics: Topics): CompactionChange[] {
  if (topics[0]!.base.readerPace !== 'any') return [];
  const stated = deciding(topics, 'slowestReader').map(({ value }) => millisecondsOf(value)!);
  if (stated.length < topics.length) return [];
  return [
    {
      name: 'retention of tombstones',
      settings: deciding(topics, 'delete.retention.ms', 'log.cleaner.delete.retention.ms'),
      to: String(2 * Math.max(...stated)),
      effort: 'dynamic',
      price: 'Tombstones and transaction markers stay in the log for as long.',
      apply: (base) => ({ ...base, readerPace: 'withRoomForAPass' }),
    },
  ];
}
