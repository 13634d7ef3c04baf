/** A compacted topic and whoever makes a table of it: the model of the log cleaner. */
import { z } from 'zod';
import {
  type Bounds,
  compaction as compactionSystem,
  evidence,
  findings,
  kafka,
  type Setting as ModelSetting,
  narrate,
  optionsOf,
  type ReaderPace,
  repair,
} from '../../../models/clients/compaction/index.ts';
import {
  compactionClaims,
  compactionSituations,
  guarantees,
} from '../../../properties/clients/compaction/index.ts';
import { type Compaction, FAULTS, type Setting, type TopicDeployment } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';
import { faultsText, inOrder } from '../rows.ts';
import { type Aspect, aspect, type BoundsName, type Subject } from './aspect.ts';
import { compactionChanges } from './compaction-changes.ts';
import { losesByCrash, refusedLoss } from './lossy.ts';

/** Settings of a compacted topic that the model depends on. */
export type CompactionBase = {
  readonly policy: 'compact' | 'compact,delete' | 'none';
  readonly readerPace: Exclude<ReaderPace, 'withinRetention'>;
  readonly replicas: 1 | 2;
  readonly transactions: boolean;
  /** Whether a crash may lose committed records: see `losesByCrash`. */
  readonly loses: boolean;
};

/** Everything a system of the model is built from. */
export type CompactionInput = CompactionBase & {
  readonly bounds: Bounds;
  readonly faults: Budget;
  readonly repairs: readonly string[];
};

/** What the model has of its own, and what is one of those to a cleaner and a reader. */
const OWN_FAULTS = ['brokerCrash', 'slowReplica'];
const SAME_AS: Readonly<Record<string, string>> = {
  partition: 'slowReplica',
  controlledShutdown: 'brokerCrash',
};
const COMPACTION_FAULTS = FAULTS.filter((fault) => OWN_FAULTS.includes(fault) || fault in SAME_AS);

/** Two replicas, or one: a pass in steps is for one alone. */
const BOUNDS: Readonly<Record<BoundsName, Bounds>> = {
  tiny: { records: 4, keys: 2, segmentRecords: 1, groupSegments: 4 },
  small: { records: 4, keys: 2, segmentRecords: 1, groupSegments: 1 },
  large: { records: 5, keys: 2, segmentRecords: 1, groupSegments: 1 },
};

function settingOf({ repairs, replicas, loses: _loses, ...rest }: CompactionInput): ModelSetting {
  const passes = replicas === 1 ? 'inSteps' : 'atOnce';
  return { ...rest, replicas, passes, rules: repair(kafka, repairs) };
}

/** A reader is fast if it needs less than delete.retention.ms; a note says what that counts on. */
const paceOf = ({
  slowestReaderMs,
  deleteRetentionMs,
}: Compaction): CompactionBase['readerPace'] =>
  slowestReaderMs !== null && slowestReaderMs < deleteRetentionMs ? 'withRoomForAPass' : 'any';

function baseOf(topic: TopicDeployment, compaction: Compaction): CompactionBase {
  const { cleans, retains } = compaction;
  return {
    // The log cleaner's threads delete the old segments of compacted topics too.
    policy: cleans ? (retains ? 'compact,delete' : 'compact') : 'none',
    readerPace: paceOf(compaction),
    replicas: topic.replicationFactor === 1 ? 1 : 2,
    transactions: topic.producer?.isTransactional ?? false,
    loses: losesByCrash(topic),
  };
}

const POLICY_TEXT = {
  compact: 'compacted',
  'compact,delete': 'compacted, and deleted by age or size',
  none: 'never cleaned',
};

const summaryOf = ({ policy, readerPace, replicas, transactions }: CompactionBase): string =>
  [
    POLICY_TEXT[policy],
    readerPace === 'any' ? 'readers of any pace' : 'readers within delete.retention.ms',
    ...(transactions ? ['written in transactions'] : []),
    replicas === 1 ? '1 replica' : 'replicas that clean at their own pace',
  ].join(', ');

function subjectOf(topic: TopicDeployment): Subject<CompactionBase>[] {
  const { name, compaction } = topic;
  if (compaction === undefined) return [];
  const base = baseOf(topic, compaction);
  const factor = topic.settings.filter(({ key }) => /replication\.factor$/.test(key)).slice(0, 1);
  return [{ name, summary: summaryOf(base), settings: [...compaction.settings, ...factor], base }];
}

/** To cleaners and readers a broker that is cut off lags, and one that is stopped is gone. */
function exploredFaults(asked: Budget): { faults: Budget; note: string | null } {
  const counts: Record<string, number> = {};
  for (const [fault, count] of Object.entries(asked)) {
    const own = SAME_AS[fault] ?? fault;
    counts[own] = (counts[own] ?? 0) + count;
  }
  const faults = inOrder(counts, COMPACTION_FAULTS);
  const isOwn = Object.keys(asked).every((fault) => OWN_FAULTS.includes(fault));
  const note =
    `${faultsText(asked)} is explored as ${faultsText(faults)}: to cleaners and readers a broker ` +
    'that is cut off lags, and one that is stopped is gone.';
  return { faults, note: isOwn ? null : note };
}

const WEAK: readonly { key: string; isWeak: (value: string) => boolean; guarantee?: string }[] = [
  { key: 'cleanup.policy', isWeak: (value) => value.includes('delete') },
  { key: 'log.cleanup.policy', isWeak: (value) => value.includes('delete') },
  { key: 'slowestReader', isWeak: () => true, guarantee: 'deletes-seen' },
  { key: 'delete.retention.ms', isWeak: () => true, guarantee: 'deletes-seen' },
  { key: 'log.cleaner.delete.retention.ms', isWeak: () => true, guarantee: 'deletes-seen' },
];

const weakSettings = (guarantee: string, settings: readonly Setting[]): Setting[] =>
  WEAK.filter((weak) => weak.guarantee === undefined || weak.guarantee === guarantee).flatMap(
    ({ key, isWeak }) => settings.filter((setting) => setting.key === key && isWeak(setting.value)),
  );

const count = z.int().min(0).max(99);

export const compaction: Aspect = aspect<CompactionBase, CompactionInput>({
  name: 'compaction',
  guarantees,
  requiredByDefault: [],
  faults: COMPACTION_FAULTS,
  findings: {
    about: 'the log cleaner itself',
    see: 'models/clients/compaction/README.md',
    list: findings,
  },

  subjectsOf: ({ topics }) => topics.flatMap(subjectOf),
  changesOf: (subjects) => compactionChanges(subjects),
  inputOf: (base, { faults: asked, bounds, repairs }) => {
    const { faults, note } = exploredFaults(asked);
    return { input: { ...base, bounds: BOUNDS[bounds], faults, repairs }, note };
  },
  refusal: ({ loses, faults }) => refusedLoss(loses, faults),
  isAsked: () => true,
  system: (input) => compactionSystem(settingOf(input)),
  claims: (input) => {
    const wanted = guarantees.flatMap(({ claims }) => claims);
    return compactionClaims(optionsOf(settingOf(input))).filter(({ name }) =>
      wanted.includes(name),
    );
  },
  situations: (input) => compactionSituations(optionsOf(settingOf(input))),
  narrate,
  evidence,
  weakSettings,
  summaryOf,
  boundsText: (name) => {
    const { records, keys, groupSegments } = BOUNDS[name];
    const swaps = groupSegments === 1 ? 'one by one' : 'together';
    return [
      `${records} offsets, ${keys} keys`,
      `segments of one record, swapped in ${swaps} (with two replicas a pass is one step)`,
      'an offset map that holds every key',
    ].join(', ');
  },
  effort: ({ replicas, faults, transactions }) =>
    replicas * 10 +
    (transactions ? 10 : 0) +
    Object.values(faults).reduce((sum, each) => sum + each, 0) * 10,

  input: z.strictObject({
    policy: z.enum(['compact', 'compact,delete', 'none']),
    readerPace: z.enum(['any', 'withRoomForAPass']),
    replicas: z.union([z.literal(1), z.literal(2)]),
    transactions: z.boolean(),
    loses: z.boolean(),
    bounds: z.strictObject({
      records: count,
      keys: count.min(1),
      segmentRecords: count.min(1),
      groupSegments: count.min(1),
    }),
    repairs: z.array(z.enum(findings.map(({ id }) => id))),
    faults: z.partialRecord(z.enum(COMPACTION_FAULTS), count) as z.ZodType<Budget>,
  }),
});
