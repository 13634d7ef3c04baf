/** A partition, a group of two consumers that reads it, and what the records came to. */
import { defineSystem, type LinkRule, type System } from '../../../src/model/index.ts';
import { consumer, consumerStimuli } from './consumer.ts';
import { group, groupStimuli, stableGroup } from './group.ts';
import { history } from './history.ts';
import { beginning } from './log.ts';
import { type ConsumerOptions, defaults } from './options.ts';
import { partition, partitionStimuli } from './partition.ts';

/** The members of the group. The first that is one has the partition. */
export const consumerIds = ['c1', 'c2'] as const;

/** The system that `given` describes; what is not given is as in `defaults`. */
export function consumers(given: Partial<ConsumerOptions> = {}): System {
  const options = { ...defaults, ...given };
  const { bounds, faults } = options;
  // A group that has committed before: one that has not is one whose offsets have expired.
  const start = stableGroup(consumerIds, beginning);
  return defineSystem({
    name: 'consumers',
    components: {
      ...Object.fromEntries(
        consumerIds.map((id) => {
          const { generation, owner } = start;
          return [id, consumer(options, { id, generation, owns: id === owner })];
        }),
      ),
      group: group(options, start),
      partition: partition(options),
      history: history(bounds.records),
    },
    stimuli: [
      ...partitionStimuli(options),
      ...groupStimuli(options),
      ...consumerIds.flatMap((id) => consumerStimuli(options, id)),
    ],
    links,
    budget: { ...faults, lag: bounds.lags },
    bounds,
  });
}

/** What else is sent is asked again until it is answered. */
const links: LinkRule[] = [
  { types: ['OFFSET_COMMIT', 'COMMITTED', 'TXN_OFFSET_COMMIT'], loss: { lostMessage: 1 } },
];
