/** The known-bad designs of Kafka replication as entries of the catalogue. */
import { type Design, kafkaDesigns } from '../../models/kafka/designs/index.ts';
import { type KafkaOptions, kafka, kafkaOptions, repaired } from '../../models/kafka/index.ts';
import { kafkaClaims, subjectOf } from '../kafka/index.ts';
import { type Entry, entryOf } from './entry.ts';

/** The design's own options. */
export const designOptions = ({ setting, rules }: Design): KafkaOptions =>
  kafkaOptions({ ...setting, rules: { ...repaired, ...rules } });

/** The options of the sound model in the same setting, or in what a flawed one is set to instead. */
export const soundOptions = ({ setting, soundSetting }: Design): KafkaOptions =>
  kafkaOptions({ ...setting, ...soundSetting, rules: repaired });

export const replication = 'Kafka: replication of a partition';

export const kafkaEntries: readonly Entry[] = kafkaDesigns.map((design) =>
  entryOf(replication, design, () => {
    const options = designOptions(design);
    return { system: kafka(options), claims: kafkaClaims(subjectOf(options)) };
  }),
);
