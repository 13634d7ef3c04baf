/** What is claimed of the KIP-320 family. The specification's invariants keep its names. */

import { endOffset, isSame, type Log } from '../../models/reference/kip320/log.ts';
import {
  leaderEpochOf,
  leaderOf,
  QUORUM,
  type Quorum,
} from '../../models/reference/kip320/quorum.ts';
import { presumesLeadership, type Seen } from '../../models/reference/kip320/rules.ts';
import { replicaNames, type Sizes } from '../../models/reference/kip320/system.ts';
import type { Claim, Local, Violation } from '../../src/model/index.ts';

/** A replica's log, and what it claims about others if it presumes leadership. */
type Standing = {
  log: Log;
  /** Null where nothing is claimed: for a leader whose high watermark is 0, and for a follower. */
  claims: { hw: number; isr: string[] } | null;
};

function standing(local: Local): Standing {
  const replica = local as Seen;
  const { log, hw, isr } = replica.context;
  const claims = presumesLeadership(replica) && hw > 0 ? { hw, isr } : null;
  return { log, claims };
}

const quorumIsr = ({ context }: Local): string[] => (context as Quorum).isr;

/** Is everything below a presumed leader's high watermark in the logs of the ISR `isrOf` it? */
function committedIsReplicated(
  replicas: Record<string, Standing>,
  isrOf: (claims: NonNullable<Standing['claims']>) => string[],
): Violation | null {
  for (const [leader, { log, claims }] of Object.entries(replicas)) {
    if (!claims) continue;
    for (const member of isrOf(claims)) {
      const missing = firstMissing(log, replicas[member]!.log, claims.hw);
      if (missing < 0) continue;
      const record = log[missing] ?? null;
      const because = `${leader} leads with high watermark ${claims.hw}, but ${member} of the ISR lacks the record at offset ${missing}`;
      return { because, witness: { leader, member, offset: missing, record } };
    }
  }
  return null;
}

/** The first offset below `end` at which the logs do not hold the same record; -1 if none. */
function firstMissing(leader: Log, member: Log, end: number): number {
  for (let offset = 0; offset < end; offset++) {
    const [mine, theirs] = [leader[offset], member[offset]];
    if (!mine || !theirs || !isSame(mine, theirs)) return offset;
  }
  return -1;
}

/** The invariants of module KafkaReplication and what they rest on; then what must be possible. */
export function kip320Claims(sizes: Sizes): Claim[] {
  return [...isrClaims(sizes), ...leaderClaims(), ...shapeClaims(sizes), ...situations(sizes)];
}

function isrClaims(sizes: Sizes): Claim[] {
  const replicas = Object.fromEntries(replicaNames(sizes).map((name) => [name, standing]));
  return [
    {
      name: 'weakIsr',
      modality: 'always',
      means:
        'Whoever presumes leadership has everything below its high watermark on every member of the ISR that it assumes itself.',
      cites: 'KafkaReplication.tla, WeakIsr',
      reads: replicas,
      check: (views) => committedIsReplicated(views, ({ isr }) => isr),
    },
    {
      name: 'strongIsr',
      modality: 'always',
      means:
        "Whoever presumes leadership has everything below its high watermark on every member of the quorum's ISR: whoever is elected next has what readers have seen.",
      cites: 'KafkaReplication.tla, StrongIsr',
      reads: { ...replicas, [QUORUM]: quorumIsr },
      check: ({ [QUORUM]: isr, ...logs }) => committedIsReplicated(logs, () => isr),
    },
  ];
}

function leaderClaims(): Claim[] {
  const view = ({ context }: Local) => {
    const { isr } = context as Quorum;
    return { leader: leaderOf(context as Quorum), isr };
  };
  const outside = (leader: string | null, isr: string[]): Violation => ({
    because: leader ? `${leader} leads, but is not in the ISR` : 'there is no leader',
    witness: { leader, isr },
  });
  return [
    {
      name: 'leaderInIsr',
      modality: 'always',
      means:
        'The quorum has a leader, and it is in the ISR. Broken by the initial state, which has none: the published formula takes no leader for a leader outside the ISR.',
      cites: 'KafkaReplication.tla, LeaderInIsr',
      reads: { [QUORUM]: view },
      check: ({ [QUORUM]: { leader, isr } }) =>
        isr.includes(leader) ? null : outside(leader, isr),
    },
    {
      name: 'electedLeaderInIsr',
      modality: 'always',
      means: 'If the quorum has a leader, it is in the ISR.',
      cites: 'KafkaReplication.tla, the comment on LeaderInIsr',
      reads: { [QUORUM]: view },
      check: ({ [QUORUM]: { leader, isr } }) =>
        leader === null || isr.includes(leader) ? null : outside(leader, isr),
    },
  ];
}

function shapeClaims(sizes: Sizes): Claim[] {
  const names = replicaNames(sizes);
  const all = <T>(of: T): Record<string, T> => Object.fromEntries(names.map((name) => [name, of]));
  const fault = (faults: Record<string, string | null>): Violation | null => {
    const found = Object.entries(faults).find(([, what]) => what !== null);
    return found ? { because: `${found[0]}: ${found[1]}` } : null;
  };
  return [
    {
      name: 'typeOk',
      modality: 'always',
      means: 'Every variable has a value of its kind, within the stated sizes.',
      cites: 'KafkaReplication.tla, TypeOk',
      reads: { ...all(replicaFault(sizes)), [QUORUM]: quorumFault(sizes) },
      check: fault,
    },
    {
      name: 'highWatermarkIsInTheLog',
      modality: 'always',
      means: 'No high watermark is above the end of its own log.',
      reads: all((local: Local) => {
        const { hw, log } = (local as Seen).context;
        return hw > endOffset(log) ? `high watermark ${hw}, end offset ${endOffset(log)}` : null;
      }),
      check: fault,
    },
  ];
}

/** What is wrong with a replica's variables, or null. */
const replicaFault =
  (sizes: Sizes) =>
  (local: Local): string | null => {
    const { log, hw, leaderEpoch, leader, isr } = (local as Seen).context;
    const names = replicaNames(sizes);
    const isKnown = ({ id, epoch }: Log[number]): boolean =>
      isBelow(id, sizes.records) && isBelow(epoch, sizes.maxEpoch + 1);
    if (log.length > sizes.logSize) return `the log has ${log.length} records`;
    if (!log.every(isKnown)) return 'the log has a record that nobody wrote';
    if (!isBelow(hw, sizes.logSize + 1)) return `the high watermark is ${hw}`;
    if (!isEpoch(leaderEpoch, sizes)) return `the leader epoch is ${leaderEpoch}`;
    if (leader !== null && !names.includes(leader)) return `it follows ${leader}`;
    return isSubset(isr, names) ? null : `the ISR is ${isr}`;
  };

/** What is wrong with the quorum's variables, or null. */
const quorumFault =
  (sizes: Sizes) =>
  (local: Local): string | null => {
    const context = local.context as Quorum;
    const names = replicaNames(sizes);
    if (!isEpoch(leaderEpochOf(context), sizes)) return 'there are too many requests';
    const isKnown = (name: string | null): boolean => name === null || names.includes(name);
    const wrong = context.requests.findIndex((r) => !isKnown(r.leader) || !isSubset(r.isr, names));
    if (wrong >= 0) return `request ${wrong} is malformed`;
    return isSubset(context.isr, names) ? null : `the ISR is ${context.isr}`;
  };

const isBelow = (value: number, end: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < end;
const isEpoch = (epoch: number, { maxEpoch }: Sizes): boolean => isBelow(epoch + 1, maxEpoch + 2);
/** Sorted and without repetition: equal sets must look alike. */
const isSubset = (isr: string[], names: string[]): boolean =>
  isr.join() === names.filter((name) => isr.includes(name)).join();

/** Situations that the invariants are about: without them they would hold for want of trying. */
function situations(sizes: Sizes): Claim[] {
  const names = replicaNames(sizes);
  const all = <T>(of: T): Record<string, T> => Object.fromEntries(names.map((name) => [name, of]));
  const sometimes = (claim: Pick<Claim, 'name' | 'means' | 'reads'>, isMet: Claim['check']) => ({
    ...claim,
    modality: 'sometimes' as const,
    check: isMet,
  });
  const nobody = { because: 'not here' };
  return [
    sometimes(
      {
        name: 'aRecordIsCommitted',
        means: 'A presumed leader has a high watermark above 0.',
        reads: all((local: Local) => standing(local).claims !== null),
      },
      (views) => (Object.values(views).includes(true) ? null : nobody),
    ),
    sometimes(
      {
        name: 'twoPresumeLeadership',
        means: 'Two replicas presume leadership at the same time.',
        reads: all((local: Local) => presumesLeadership(local as Seen)),
      },
      (views) => (Object.values(views).filter(Boolean).length > 1 ? null : nobody),
    ),
    sometimes(
      {
        name: 'logsDiffer',
        means: 'Two replicas hold different records at the same offset.',
        reads: all((local: Local) => (local as Seen).context.log),
      },
      (views) =>
        Object.values(views as Record<string, Log>).some((a, _, logs) =>
          logs.some((b) => parts(a, b)),
        )
          ? null
          : nobody,
    ),
    sometimes(
      {
        name: 'nobodyCanBeElected',
        means: 'The ISR of the quorum is empty, for good: nobody can be elected or join.',
        reads: { [QUORUM]: quorumIsr },
      },
      ({ [QUORUM]: isr }) => (isr.length === 0 ? null : nobody),
    ),
  ];
}

const parts = (a: Log, b: Log): boolean =>
  a.some((record, offset) => b[offset] !== undefined && !isSame(record, b[offset]));
