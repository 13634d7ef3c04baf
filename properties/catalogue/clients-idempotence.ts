/** The known-bad designs of the idempotent producer as entries of the catalogue. */
import { idempotenceDesigns } from '../../models/clients/idempotence/designs/index.ts';
import { idempotence, idempotenceOptions, kafka } from '../../models/clients/idempotence/index.ts';
import { idempotenceClaims } from '../clients/idempotence/index.ts';
import { type Entry, entryOf } from './entry.ts';

export const idempotenceEntries: readonly Entry[] = idempotenceDesigns.map((design) =>
  entryOf('Kafka clients: the idempotent producer', design, () => {
    const options = idempotenceOptions({ ...design.setting, rules: { ...kafka, ...design.rules } });
    return { system: idempotence(options), claims: idempotenceClaims(options) };
  }),
);
