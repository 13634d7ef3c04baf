/** What must stay true of a group of consumers. */
import {
  beginning,
  type ConsumerOptions,
  consumerIds,
  type Position,
} from '../../../models/clients/consumers/index.ts';
import type { Claim, Violation } from '../../../src/model/index.ts';
import * as view from './views.ts';
import { ofConsumers } from './views.ts';

/** The guarantee itself, as at-least-once is meant: nothing is passed over for good. */
const everyRecordIsProcessed: Claim = {
  name: 'everyRecordIsProcessed',
  modality: 'recovers',
  means:
    'Whatever happened, the group can still process every record that the leader shows; none was passed over for good.',
  cites: 'Kafka design documentation, message delivery semantics: at least once',
  reads: { partition: view.shown, history: view.effects },
  check: ({ partition, history }): Violation | null => {
    const lost = (partition as view.Shown).find(
      ({ value, isWanted }) => isWanted && history[value] === 0,
    );
    return lost
      ? {
          because: `record ${lost.value} is never processed`,
          witness: { record: lost.value, offset: partition.indexOf(lost) },
        }
      : null;
  },
};

/** Jepsen's unseen. No consumer can do anything about it: the because says who could. */
const recordsDoNotVanishUnread: Claim = {
  name: 'recordsDoNotVanishUnread',
  modality: 'always',
  means: 'A record that readers could be shown stays in the log until the group has processed it.',
  cites: 'Jepsen kafka workload: unseen, lost-write',
  reads: { partition: view.vanished, history: view.effects },
  check: ({ partition, history }): Violation | null => {
    const record = (partition as number[]).find((value) => history[value] === 0);
    if (record === undefined) return null;
    return {
      because: `record ${record} is in the log no more and the group has not processed it: the leader does not have it, by an unclean election or for a lost disk; the consumer is not to blame`,
      witness: { record },
    };
  },
};

/** K2. A commit speaks of the log it was made in; in another one it has to be validated (K3). */
const committedOffsetsCoverProcessedRecords: Claim = {
  name: 'committedOffsetsCoverProcessedRecords',
  modality: 'always',
  means: 'A committed offset never runs ahead of what the group has processed.',
  cites: "Jepsen's auto-commit workload (jepsen.tests.kafka); KafkaConsumer, offsets and position",
  reads: { partition: view.shown, group: view.committed, history: view.effects },
  check: ({ partition, group, history }): Violation | null => {
    const { offset, after } = (group ?? beginning) as Position;
    const covered = (partition as view.Shown).slice(0, offset);
    if (after !== null && covered[offset - 1]?.value !== after) return null;
    const ahead = covered.findIndex(({ value, isWanted }) => isWanted && history[value] === 0);
    if (ahead < 0) return null;
    const record = covered[ahead]!.value;
    return {
      because: `offset ${offset} is committed, and record ${record} at offset ${ahead} is not processed`,
      witness: { record, offset: ahead },
    };
  },
};

/** K1, Jepsen's poll-skip. */
const pollsSkipNothing: Claim = {
  name: 'pollsSkipNothing',
  modality: 'always',
  means: 'While a consumer keeps the partition, each poll goes on where the one before ended.',
  cites: 'Jepsen kafka workload: poll-skip, int-poll-skip',
  reads: { history: view.polls },
  check: ({ history }): Violation | null =>
    history.skipped === null
      ? null
      : {
          because: `${history.skipped} was returned a record behind the next one`,
          witness: { consumer: history.skipped },
        },
};

/** Jepsen's nonmonotonic-poll. */
const pollsNeverGoBack: Claim = {
  name: 'pollsNeverGoBack',
  modality: 'always',
  means: 'While a consumer keeps the partition, no poll returns an offset again.',
  cites: 'Jepsen kafka workload: nonmonotonic-poll, int-nonmonotonic-poll',
  reads: { history: view.polls },
  check: ({ history }): Violation | null =>
    history.repeated === null
      ? null
      : {
          because: `${history.repeated} was returned an offset that it had read`,
          witness: { consumer: history.repeated },
        },
};

/** K3. Who knows the leader's epoch has looked; whoever has not, is refused and will look. */
const positionsStandInTheLogTheyWereReadFrom: Claim = {
  name: 'positionsStandInTheLogTheyWereReadFrom',
  modality: 'always',
  means:
    "A consumer that fetches in the leader's epoch stands behind the record that it read or that was committed, not in other content at the same offset.",
  cites: 'KIP-320',
  reads: { partition: view.led, ...ofConsumers(view.standing) },
  check: (views): Violation | null => {
    const { epoch, values } = views.partition as view.Led;
    for (const id of consumerIds) {
      const me = views[id] as view.Standing;
      if (me === null || me.leaderEpoch !== epoch || me.position.after === null) continue;
      const { offset, after } = me.position;
      const found = values[offset - 1];
      if (found === undefined || found === after) continue;
      return {
        because: `${id} goes on at offset ${offset} behind record ${after}, and the leader has record ${found} there`,
        witness: { record: found, offset: offset - 1, consumer: id },
      };
    }
    return null;
  },
};

/** K4 */
const onlyMembersCommit: Claim = {
  name: 'onlyMembersCommit',
  modality: 'always',
  means: 'Nobody who was removed from the group, or is of an older generation, moves its offsets.',
  cites: 'KIP-447; ClassicGroup.validateOffsetCommit, ConsumerGroup.validateOffsetCommit',
  reads: { group: view.strayCommit },
  check: ({ group }): Violation | null =>
    group === null
      ? null
      : { because: `${group} committed, and is not of the group`, witness: { consumer: group } },
};

/** K5. Whoever was removed may still think that it owns the partition; its commits are refused. */
const onePartitionHasOneOwner: Claim = {
  name: 'onePartitionHasOneOwner',
  modality: 'always',
  means: 'Of the members of the group at most one thinks that it owns the partition.',
  cites: 'KIP-848; kip_848_v2 NoDoubleClientAssignment',
  reads: { group: view.members, ...ofConsumers(view.life) },
  check: (views): Violation | null => {
    const members = views.group as Record<string, number>;
    const owners = consumerIds.filter((id) => {
      const { owns } = views[id] as view.Life;
      return owns !== null && id in members;
    });
    return owners.length < 2
      ? null
      : { because: `${owners.join(' and ')} both own the partition`, witness: { owners } };
  },
};

/** P5, as readers find it. Unclean elections give it up. */
const processedRecordsStayInTheLog: Claim = {
  name: 'processedRecordsStayInTheLog',
  modality: 'always',
  means: 'A record that was processed is in the log of every later leader.',
  cites: 'Kafka documentation: only committed messages are given to consumers',
  reads: { partition: view.led, history: view.effects },
  check: ({ partition, history }): Violation | null => {
    const gone = (history as number[]).findIndex(
      (times, value) => times > 0 && !partition.values.includes(value),
    );
    return gone < 0
      ? null
      : {
          because: `record ${gone} was processed, and the leader does not have it`,
          witness: { record: gone },
        };
  },
};

/** T2, as far as it is the reader's. */
const committedReadersSeeNoOpenRecord: Claim = {
  name: 'committedReadersSeeNoOpenRecord',
  modality: 'always',
  means: 'A read_committed consumer is returned no record of an open or aborted transaction.',
  cites: 'KIP-98; Jepsen kafka workload: G1a',
  reads: { history: view.sawUndecided },
  check: ({ history }): Violation | null =>
    history === null
      ? null
      : {
          because: `${history} was returned a record of a transaction that is not committed`,
          witness: { consumer: history },
        },
};

/** At most once. */
const noRecordIsProcessedTwice: Claim = {
  name: 'noRecordIsProcessedTwice',
  modality: 'always',
  means: 'No record takes effect twice.',
  cites: 'Kafka design documentation, message delivery semantics: at most once, exactly once',
  reads: { history: view.effects },
  check: ({ history }): Violation | null => {
    const record = (history as number[]).findIndex((times) => times > 1);
    return record < 0
      ? null
      : { because: `record ${record} was processed twice`, witness: { record } };
  },
};

/** All claims about a group that say something of `options`. */
export function consumerClaims(options: ConsumerOptions): Claim[] {
  const { uncleanElection, readCommitted, transactionalInput } = options;
  return [
    everyRecordIsProcessed,
    recordsDoNotVanishUnread,
    committedOffsetsCoverProcessedRecords,
    // A reader that is told of a truncation, or finds none of its offsets, may go anywhere.
    ...(uncleanElection ? [] : [pollsSkipNothing, pollsNeverGoBack, processedRecordsStayInTheLog]),
    positionsStandInTheLogTheyWereReadFrom,
    onlyMembersCommit,
    onePartitionHasOneOwner,
    ...(readCommitted && transactionalInput ? [committedReadersSeeNoOpenRecord] : []),
    noRecordIsProcessedTwice,
  ];
}
