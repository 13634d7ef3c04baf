/** The known-bad designs of consuming as entries of the catalogue. */
import { consumerDesigns } from '../../models/clients/consumers/designs/index.ts';
import { consumers, defaults, repaired } from '../../models/clients/consumers/index.ts';
import { consumerClaims } from '../clients/consumers/index.ts';
import { type Entry, entryOf } from './entry.ts';

export const consumerEntries: readonly Entry[] = consumerDesigns.map((design) =>
  entryOf('Kafka clients: consumers and groups', design, () => {
    const options = { ...defaults, ...design.setting, rules: { ...repaired, ...design.rules } };
    return { system: consumers(options), claims: consumerClaims(options) };
  }),
);
