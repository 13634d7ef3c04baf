/**
 * Situations that must be possible, so that no claim holds for want of anything happening: for every
 * fault class, and for every turn of the protocol that the claims are about.
 */
import { type Claim, sometimes } from '../../src/model/index.ts';
import * as view from './views.ts';
import { ofBrokers, type Subject } from './views.ts';

const aRecordIsAcknowledged = (): Claim =>
  sometimes(
    'aRecordIsAcknowledged',
    'A write succeeds.',
    { producer: view.acknowledged },
    ({ producer }: { producer: number[] }) => producer.length > 0,
  );

const readersAreShownARecord = (): Claim =>
  sometimes(
    'readersAreShownARecord',
    "A record is below some leader's high watermark.",
    { ledger: view.shown },
    ({ ledger }: { ledger: view.Shown }) => ledger.exposed.length > 0,
  );

const theIsrShrinks = (subject: Subject): Claim =>
  sometimes(
    'theIsrShrinks',
    'A lagging replica is dropped from the ISR.',
    { controller: view.governed },
    ({ controller }: { controller: view.Governed }) => controller.isr.length < subject.replicas,
  );

const aReplicaRejoins = (subject: Subject): Claim =>
  sometimes(
    'aReplicaRejoins',
    'A leader proposes to take a replica back into the ISR.',
    ofBrokers(subject, view.leading),
    (views: Record<string, view.LeaderView | null>) =>
      Object.values(views).some(
        (lead) => lead !== null && lead.maximalIsr.length > lead.isr.length,
      ),
  );

const aLeaderIsReplaced = (): Claim =>
  sometimes(
    'aLeaderIsReplaced',
    'The controller elects another leader than the first.',
    { controller: view.elected },
    ({ controller }: { controller: view.Elected }) =>
      controller.leader !== null && controller.leaderEpoch > 0,
  );

const aDeposedLeaderStillLeads = (subject: Subject): Claim =>
  sometimes(
    'aDeposedLeaderStillLeads',
    'Two brokers lead at once, in different epochs: one has not heard that it was deposed.',
    ofBrokers(subject, view.role),
    (views: Record<string, view.Role>) =>
      Object.values(views).filter(({ leading }) => leading).length > 1,
  );

const theEligibleReplicasAreKept = (): Claim =>
  sometimes(
    'theEligibleReplicasAreKept',
    'The ISR falls below min.insync.replicas and the ELR keeps whom it lost.',
    { controller: view.governed },
    ({ controller }: { controller: view.Governed }) => controller.elr.length > 0,
  );

const aBrokerIsDown = (subject: Subject): Claim =>
  sometimes(
    'aBrokerIsDown',
    'A broker does not run.',
    ofBrokers(subject, view.role),
    (views: Record<string, view.Role>) => Object.values(views).some(({ running }) => !running),
  );

const aDiskLosesRecords = (): Claim =>
  sometimes(
    'aDiskLosesRecords',
    'A fault takes records from a disk.',
    { ledger: view.losses },
    ({ ledger }: { ledger: Record<string, number> }) => Object.keys(ledger).length > 0,
  );

const aBrokerIsFencedAlive = (subject: Subject): Claim =>
  sometimes(
    'aBrokerIsFencedAlive',
    'The controller has fenced a broker that runs.',
    { controller: view.governed, ...ofBrokers(subject, view.role) },
    (views: Record<string, unknown>) =>
      subject.brokers.some(
        (id) =>
          !(views.controller as view.Governed).active.includes(id) &&
          (views[id] as view.Role).running,
      ),
  );

/** The situations that the faults of `subject` must bring about. */
export function situations(subject: Subject): Claim[] {
  const has = (...kinds: string[]): boolean =>
    kinds.some((kind) => (subject.faults[kind] ?? 0) > 0);
  const several = subject.replicas > 1;
  const stops = has('brokerCrash', 'powerLoss', 'diskLoss', 'controlledShutdown');
  const deposes = stops || has('partition', 'slowReplica', 'preferredElection');
  const mayKeep = subject.rules.eligibleLeaderReplicas && subject.minInsyncReplicas > 1;
  return [
    aRecordIsAcknowledged(),
    readersAreShownARecord(),
    ...(several ? [theIsrShrinks(subject), aReplicaRejoins(subject)] : []),
    ...(several && mayKeep ? [theEligibleReplicasAreKept()] : []),
    ...(several && deposes && !has('preferredElection') ? [aLeaderIsReplaced()] : []),
    ...(several && has('partition', 'slowReplica') ? [aDeposedLeaderStillLeads(subject)] : []),
    ...(stops ? [aBrokerIsDown(subject)] : []),
    ...(has('powerLoss', 'diskLoss') && !subject.flushEveryMessage ? [aDiskLosesRecords()] : []),
    ...(has('partition', 'slowReplica') ? [aBrokerIsFencedAlive(subject)] : []),
  ];
}
