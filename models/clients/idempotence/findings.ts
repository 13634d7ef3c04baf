/**
 * Where the idempotent producer as implemented breaks a claim within the model's bounds. The model keeps
 * the faithful behaviour; the smallest repair of each is a switch of the rules.
 */
import type { Finding } from '../../../src/model/index.ts';
import { kafka, type Rules } from './rules.ts';

export const findings: readonly Finding<Rules>[] = [
  {
    id: 'IP-1',
    title:
      'When a batch is given up after an answer was lost, the client raises its epoch and numbers all that is in flight anew, also batches that may be in the log: their next attempt is written a second time.',
    breaks: 'noRecordIsWrittenTwice',
    source:
      'clients/.../producer/internals/Sender.java completeBatch, failBatch; TransactionManager.java handleFailedBatch (adjustSequenceNumbers), bumpIdempotentProducerEpoch; TxnPartitionEntry.startSequencesAtBeginning; read in 4.0',
    confidence:
      'Known as KAFKA-14034; the change proposed for it (pull request 13796) was closed and is not in 4.0. It needs a record that waits longer than delivery.timeout.ms.',
    repair: { renumbersDoubtfulBatches: false },
  },
  {
    id: 'IP-2',
    title:
      'A leader that knows nothing of a producer takes any sequence: a later batch that reaches it first is written, and its predecessor is refused for ever, or goes after it under a new epoch.',
    breaks: 'everySendIsAnswered',
    source:
      'storage/.../internals/log/ProducerAppendInfo.java checkSequence (no current producer epoch); VerificationStateEntry.lowestSequence guards transactional producers only; read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs leadership to move while a producer sends its first batches, or its first after producer.id.expiration.ms.',
    repair: { takesAnySequenceOfUnknown: false },
  },
  {
    id: 'IP-3',
    title:
      'Requests in flight are counted a connection: with some unanswered at the former leader and more at the new one, more are out than a broker remembers batches, and a batch that was written is refused as out of order.',
    breaks: 'everySendIsAnswered',
    source:
      'clients/.../clients/InFlightRequests.java canSendMore (by node); RecordAccumulator.shouldStopDrainBatchesForPartition; ProducerStateEntry.NUM_BATCHES_TO_RETAIN; read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs a client that hears of the new leader while the connection to the former one hangs.',
    repair: { sendsToTwoLeaders: false },
  },
];

/** `rules` with the named findings repaired; all of them unless told. */
export function repair(rules: Rules, ids: readonly string[] = findings.map(({ id }) => id)): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((mended, { repair: change }) => Object.assign(mended, change), { ...rules });
}

/** Kafka as it would be right: the known-bad designs are measured against it. */
export const repaired: Rules = repair(kafka);
