/** The known-bad designs of log compaction as entries of the catalogue. */
import { compactionDesigns } from '../../models/clients/compaction/designs/index.ts';
import { compaction, optionsOf, repaired } from '../../models/clients/compaction/index.ts';
import { compactionClaims } from '../clients/compaction/index.ts';
import { type Entry, entryOf } from './entry.ts';

export const compactionEntries: readonly Entry[] = compactionDesigns.map((design) =>
  entryOf('Kafka clients: log compaction and retention', design, () => {
    const setting = { ...design.setting, rules: { ...repaired, ...design.rules } };
    return { system: compaction(setting), claims: compactionClaims(optionsOf(setting)) };
  }),
);
