/**
 * Findings: where Kafka as implemented breaks a claim within the model's bounds. README, "Findings",
 * tells each with its shortest trace.
 */
import type { Finding as FindingOf } from '../../../src/model/index.ts';
import { kafka41, type Rules } from './rules.ts';

export const findings: readonly FindingOf<Rules>[] = [
  {
    id: 'KC-1',
    title:
      'A consumer compares the end offset of its epoch with its position, and not the epoch that the answer is for: after an unclean election of a replica with a longer branch of an older epoch it takes its position for good, and passes over the records of that branch.',
    breaks: 'everyRecordIsProcessed',
    source:
      'clients/.../consumer/internals/SubscriptionState.java maybeCompleteValidation (endOffset < position.offset only); storage/.../epoch/LeaderEpochFileCache.java endOffsetFor (the largest epoch not above the one asked for); read in 4.0',
    confidence:
      'Read in the code, not reproduced on a cluster. It needs an election, and an unclean one back to the former leader before that has fetched.',
    repair: { comparesEpochs: true },
  },
];

/** `rules` with the named findings repaired; all of them unless told. */
export function repair(rules: Rules, ids: readonly string[] = findings.map(({ id }) => id)): Rules {
  const wanted = findings.filter(({ id }) => ids.includes(id));
  return wanted.reduce((mended, { repair: change }) => Object.assign(mended, change), { ...rules });
}

/** Kafka 4.1 as it would be right: the known-bad designs are measured against it. */
export const repaired: Rules = repair(kafka41);
