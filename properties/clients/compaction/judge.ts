/** What the tests of this folder ask of a setting. */
import { compaction, optionsOf, type Setting } from '../../../models/clients/compaction/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { compactionClaims, compactionSituations } from './index.ts';

export interface Outcome {
  states: number;
  /** Claims that fail and situations that are not met, each with the moves that break it. */
  broken: Record<string, number | null>;
}

/** Explores the whole space of a setting. */
export function outcome(setting: Setting, maxStates = 2_000_000): Outcome {
  const options = optionsOf(setting);
  const claims = [...compactionClaims(options), ...compactionSituations(options)];
  const { complete, limit, states, results } = explore(compaction(setting), claims, {
    whole: true,
    maxStates,
  });
  if (!complete) throw new Error(`${JSON.stringify(setting)}: ${limit}`);
  const failed = results.filter(({ verdict }) => verdict !== 'holds');
  return {
    states,
    broken: Object.fromEntries(
      failed.map(({ claim, moves }) => [claim.name, moves?.length ?? null]),
    ),
  };
}
