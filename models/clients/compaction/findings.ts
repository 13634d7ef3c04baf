/**
 * Findings: where the cleaner as implemented breaks a claim within the model's bounds. The model keeps
 * the faithful behaviour; each finding's smallest repair is a switch. README, "Findings", tells each.
 */
import type { Finding as FindingOf } from '../../../src/model/index.ts';
import { kafka, type Rules } from './rules.ts';

/** One finding about the log cleaner. */
export type Finding = FindingOf<Rules>;

const notReproduced = 'Read in the code, not reproduced on a cluster.';

export const findings: readonly Finding[] = [
  {
    id: 'LC-1',
    title:
      'A tombstone beyond the end of a full offset map is copied with a delete horizon although the value it deletes still stands; when the horizon has passed, one pass removes both, and a reader in between never sees the deletion, however fast it is.',
    breaks: 'readersSeeDeletions',
    source:
      'clients/.../record/MemoryRecords.java filterTo (stamps every retained tombstone); core/.../log/LogCleaner.scala shouldRetainRecord (pastLatestOffset retains it before the map is asked); read in 4.0',
    confidence: `${notReproduced} It needs more distinct keys in the dirty part than log.cleaner.dedupe.buffer.size holds (5 million by default), and delete.retention.ms between two passes.`,
    repair: { stampsBeyondMap: false },
  },
  {
    id: 'LC-2',
    title:
      'The delete horizon is counted from the beginning of the pass, the old value goes at its end: a reader that begins while a pass is under way has less than delete.retention.ms, by as much as the pass had taken.',
    breaks: 'readersSeeDeletions',
    source: 'core/.../log/LogCleaner.scala clean, doClean (currentTime is taken once); read in 4.0',
    confidence: `${notReproduced} It concerns readers that need nearly all of delete.retention.ms.`,
    repair: { horizonCountsFrom: 'passEnd' },
  },
  {
    id: 'LC-3',
    title:
      'Every replica stamps and removes tombstones by its own clock and its own passes: a reader that has read a value from a leader that did not clean it yet may go on with a leader that has removed the tombstone.',
    breaks: 'readersSeeDeletions',
    source:
      'core/.../log/LogCleanerManager.scala (a checkpoint a log directory), MemoryRecords.filterTo; nothing is told to other replicas; read in 4.0',
    confidence: `${notReproduced} It needs replicas whose cleaners are apart by nearly delete.retention.ms, as after the death of a cleaner thread.`,
    repair: { removalWaitsForReplicas: true },
  },
  {
    id: 'LC-4',
    title:
      'A replica that is away for longer than delete.retention.ms comes back behind a tombstone, or a transaction marker, that its leader has removed: it fetches on without it, keeps the deleted value (or an open transaction), and shows it when it leads.',
    breaks: 'replicasAgree',
    source:
      'core/.../server/AbstractFetcherThread.scala (a follower goes on at its end offset, holes are passed over); LogCleaner.scala; read in 4.0',
    confidence: `${notReproduced} The documentation speaks of readers only.`,
    repair: { removalWaitsForReplicas: true },
  },
];

/** `rules` with the named findings repaired; all of them unless told. */
export function repair(rules: Rules, ids: readonly string[] = findings.map(({ id }) => id)): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((mended, { repair: change }) => Object.assign(mended, change), { ...rules });
}

/** The cleaner as it would be right: the known-bad designs are measured against it. */
export const repaired: Rules = repair(kafka);
