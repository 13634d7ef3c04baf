/**
 * Findings: where Kafka as implemented breaks a claim within the model's bounds.
 *
 * The model keeps the faithful behaviour; the finding's smallest repair is a switch. README,
 * "Findings", tells it with its shortest trace.
 */
import type { Finding as FindingOf } from '../../../src/model/index.ts';
import { kafka41, type Rules } from './rules.ts';

/** One finding about Kafka itself. */
export type Finding = FindingOf<Rules>;

export const findings: readonly Finding[] = [
  {
    id: 'TF-1',
    title:
      "A marker that is read late, after the coordinator has sent it again, ends the producer's next transaction on that partition: both carry the same epoch, and the partition takes an equal one.",
    breaks: 'onlyWhatWasAskedForIsCommitted',
    source:
      'storage/.../ProducerAppendInfo.java checkProducerEpoch (refuses only an epoch below the stored one); TransactionMarkerRequestCompletionHandler.scala (a request that was disconnected is sent again); read in 4.0; known as KAFKA-19446, mended by KIP-1228 in 4.2',
    confidence:
      "Kafka's own: KIP-1228 tells it. The mending in 4.2 refuses a marker that is sent again for good reason (KAFKA-19999), until that is mended too.",
    repair: { markerEpochs: 'aboveOrRepeated' },
  },
  {
    id: 'TF-2',
    title:
      "Before 4.0 a marker is answered while the group coordinator has yet to read it; when it does, it commits or drops the offset that the producer's next transaction has sent by then.",
    breaks: 'anOffsetIsCommittedWithItsOutput',
    source:
      'core/.../server/KafkaApis.scala handleWriteTxnMarkersRequest (onTransactionCompleted is not waited for); core/.../coordinator/group/GroupMetadata.scala completePendingTxnOffsetCommit (all that is pending of the producer id); KAFKA-17507, mended in 4.0',
    confidence:
      "Kafka's own: KAFKA-17507 tells of its traces in logs. The harm to offsets follows from the code and was not reproduced on a cluster.",
    repair: { materialisesOffsets: true },
  },
];

/** `rules` with the named findings repaired; all of them unless told. */
export function repair(rules: Rules, ids: readonly string[] = findings.map(({ id }) => id)): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((mended, { repair: change }) => Object.assign(mended, change), { ...rules });
}

/** Kafka 4.1 as it would be right. */
export const repaired: Rules = repair(kafka41);
