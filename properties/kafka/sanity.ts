/** Sanity of logs and of the controller's records, and the order of what clients wrote. */

import type { Replica } from '../../models/kafka/index.ts';
import { endOffset, type Log, latestEpoch } from '../../models/kafka/log.ts';
import type { Claim, Local, Violation } from '../../src/model/index.ts';
import * as view from './views.ts';
import { ofBrokers, type Subject } from './views.ts';

/** What is wrong with a log taken alone; null if nothing is. */
function flawOf(log: Log): string | null {
  const { entries, epochs } = log;
  const falls = entries.findIndex(
    ({ epoch }, offset) => epoch < (entries[offset - 1]?.epoch ?? -1),
  );
  if (falls >= 0) return `the epoch falls at offset ${falls}`;
  const unordered = epochs.some(
    ({ epoch, start }, i) =>
      i > 0 && (epoch <= epochs[i - 1]!.epoch || start < epochs[i - 1]!.start),
  );
  if (unordered) return 'the epoch cache is not ascending';
  if (epochs.some(({ start }) => start > endOffset(log)))
    return 'an epoch begins after the log ends';
  const untold = entries.findIndex(
    ({ epoch }, offset) => epochs.findLast(({ start }) => start <= offset)?.epoch !== epoch,
  );
  return untold < 0 ? null : `the epoch cache does not know the epoch at offset ${untold}`;
}

const logHealth = (local: Local): { flaw: string | null; tooNew: boolean } => {
  const { log, leaderEpoch } = local.context as Replica;
  return {
    flaw: flawOf(log),
    tooNew: view.isRunning(local) && latestEpoch(log) > leaderEpoch,
  };
};

/** P7 */
const logsAreWellFormed = (subject: Subject): Claim => ({
  name: 'logsAreWellFormed',
  modality: 'always',
  means:
    "In every log epochs never fall, the epoch cache tells each record's epoch, and no record is of a later epoch than its broker knows.",
  cites: 'LeaderEpochFileCache; KAFKA-10706, KAFKA-18723',
  reads: ofBrokers(subject, logHealth),
  check: (views): Violation | null => {
    for (const id of subject.brokers) {
      const { flaw, tooNew } = views[id] as ReturnType<typeof logHealth>;
      if (flaw) return { because: `in the log of ${id} ${flaw}`, witness: { replica: id } };
      if (tooNew) {
        return {
          because: `${id} holds records of an epoch it has not heard of`,
          witness: { replica: id },
        };
      }
    }
    return null;
  },
});

/** P11 */
const theControllerKeepsItsRules = (subject: Subject): Claim => ({
  name: 'theControllerKeepsItsRules',
  modality: 'always',
  means:
    'The leader is an active member of the ISR; a last known leader is kept only while there is none; ISR and ELR are disjoint; the ELR is empty while the ISR suffices; no fenced or stopping broker is in the ISR, unless it is the last member and there is no ELR.',
  cites: 'Vanlightly kip-966 ValidControllerState, ValidControllerIsrAndElr; KAFKA-19522',
  reads: { controller: view.governed },
  check: ({ controller }): Violation | null => {
    const { leader, isr, elr, active, lastKnownLeader } = controller as view.Governed;
    const witness = { leader, isr, elr, active };
    const mayLinger = !subject.rules.eligibleLeaderReplicas && isr.length === 1;
    if (leader !== null && !isr.includes(leader))
      return { because: `${leader} leads outside the ISR`, witness };
    if (leader !== null && !active.includes(leader)) {
      return { because: `${leader} was elected though it is not active`, witness };
    }
    if (leader !== null && lastKnownLeader !== null) {
      return {
        because: `${lastKnownLeader} is kept as last known leader beside ${leader}`,
        witness,
      };
    }
    if (isr.some((id) => elr.includes(id))) return { because: 'ISR and ELR overlap', witness };
    if (isr.length >= subject.minInsyncReplicas && elr.length > 0) {
      return { because: 'there is an ELR beside a sufficient ISR', witness };
    }
    const idle = isr.filter((id) => !active.includes(id));
    if (idle.length > 0 && !mayLinger) {
      return { because: `${idle.join(', ')} is in the ISR and not active`, witness };
    }
    return null;
  },
});

/** P12 */
const recordsKeepTheirOrder = (subject: Subject): Claim => ({
  name: 'recordsKeepTheirOrder',
  modality: 'always',
  means:
    'Every log holds the records of one producer, each sent once, in the order in which they were sent and each at most once.',
  cites: 'Kafka documentation, introduction, "Guarantees"; Jepsen duplicate, nonmonotonic-send',
  reads: ofBrokers(subject, view.values),
  check: (views): Violation | null => {
    for (const id of subject.brokers) {
      const { values } = views[id] as view.Values;
      const at = values.findIndex((value, offset) => offset > 0 && value <= values[offset - 1]!);
      if (at >= 0) {
        return {
          because: `${id} holds record ${values[at]} at offset ${at}, behind record ${values[at - 1]}`,
          witness: { replica: id, records: values },
        };
      }
    }
    return null;
  },
});

/** Jepsen's G1a: a reader saw a record that the producer was told had failed. */
const refusedRecordsAreNeverRead = (): Claim => ({
  name: 'refusedRecordsAreNeverRead',
  modality: 'always',
  means: 'No reader is shown a record whose write was refused.',
  cites: 'Jepsen kafka workload, G1a (aborted read)',
  reads: { producer: view.outcomes, ledger: view.shown },
  check: (views): Violation | null => {
    const { exposed } = views.ledger as view.Shown;
    const refused = (views.producer as string[]).findIndex(
      (outcome, value) =>
        outcome === 'refused' && exposed.some((entry) => entry.startsWith(`${value}@`)),
    );
    return refused < 0
      ? null
      : {
          because: `readers saw record ${refused}, whose write was refused`,
          witness: { record: refused },
        };
  },
});

export const sanity = (subject: Subject): Claim[] => [
  logsAreWellFormed(subject),
  theControllerKeepsItsRules(subject),
  recordsKeepTheirOrder(subject),
  refusedRecordsAreNeverRead(),
];
