/** The known-bad designs of Spark as entries of the catalogue. */
import { designs as coreDesigns } from '../../models/spark/core/designs/index.ts';
import {
  lineageDefaults,
  outputDefaults,
  persistenceDefaults,
} from '../../models/spark/core/index.ts';
import { designs as dstreamDesigns } from '../../models/spark/dstreams/designs/index.ts';
import { directDefaults, receiverDefaults } from '../../models/spark/dstreams/index.ts';
import { streamingDesigns } from '../../models/spark/streaming/designs/index.ts';
import * as long from '../../models/spark/streaming/epochs/index.ts';
import * as query from '../../models/spark/streaming/index.ts';
import { stateStoreDesigns } from '../../models/spark/streaming/state-store/designs/index.ts';
import * as stores from '../../models/spark/streaming/state-store/index.ts';
import { subjects as core, type Subject } from '../spark/core/index.ts';
import { subjects as dstreams } from '../spark/dstreams/index.ts';
import { epochClaims } from '../spark/streaming/epochs/index.ts';
import { streamingClaims, subjectOf } from '../spark/streaming/index.ts';
import { stateStoreClaims } from '../spark/streaming/state-store/index.ts';
import { type Entry, entryOf } from './entry.ts';

const structured = 'Spark Structured Streaming';

const streamingEntries = streamingDesigns.map((design) =>
  entryOf(`${structured}: micro-batches`, design, () => {
    const rules = { ...query.sound, ...design.rules };
    const options = { ...query.defaults, ...design.setting, rules };
    return { system: query.streaming(options), claims: streamingClaims(subjectOf(options)) };
  }),
);

const stateStoreEntries = stateStoreDesigns.map((design) =>
  entryOf(`${structured}: state stores`, design, () => {
    const rules = { ...stores.sound, ...design.rules };
    const options = { ...stores.defaults, ...design.setting, rules };
    return { system: stores.stateStore(options), claims: stateStoreClaims(options) };
  }),
);

const epochEntries = long.epochDesigns.map((design) =>
  entryOf(`${structured}: continuous processing and real-time mode`, design, () => {
    const rules = { ...long.sound, ...design.rules };
    const options = { ...long.defaults, ...design.setting, rules };
    return { system: long.epochs(options), claims: epochClaims(options) };
  }),
);

/** The systems of the core and of DStreams: what builds them, their sound rules, their section. */
const parts: Record<
  (typeof coreDesigns)[number]['system'] | (typeof dstreamDesigns)[number]['system'],
  { area: string; rules: object; subject: (options: object) => Subject }
> = {
  lineage: {
    area: 'Spark core: lineage and stage retries',
    rules: lineageDefaults.rules,
    subject: core.lineage,
  },
  output: {
    area: 'Spark core: output commit',
    rules: outputDefaults.rules,
    subject: core.output,
  },
  persistence: {
    area: 'Spark core: caching and checkpoints',
    rules: persistenceDefaults.rules,
    subject: core.persistence,
  },
  direct: {
    area: 'Spark DStreams: direct stream',
    rules: directDefaults.rules,
    subject: dstreams.direct,
  },
  receiver: {
    area: 'Spark DStreams: receivers',
    rules: receiverDefaults.rules,
    subject: dstreams.receiver,
  },
};

const partEntries = [...coreDesigns, ...dstreamDesigns].map((design) => {
  const { area, rules, subject } = parts[design.system];
  const build = (): Subject => subject({ ...design.setting, rules: { ...rules, ...design.rules } });
  return entryOf(area, design, build);
});

export const sparkEntries: readonly Entry[] = [
  ...streamingEntries,
  ...stateStoreEntries,
  ...epochEntries,
  ...Object.values(parts).flatMap(({ area }) => partEntries.filter((part) => part.area === area)),
];
