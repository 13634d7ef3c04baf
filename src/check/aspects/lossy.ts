/** Models of clients take a topic's log to lose nothing that is committed. Where that is not so, they say nothing. */
import type { TopicDeployment } from '../../config/index.ts';
import type { Budget } from '../../model/index.ts';

type Losing = Pick<
  TopicDeployment,
  'uncleanLeaderElection' | 'storage' | 'effectiveMinInsyncReplicas'
>;

/**
 * May one broker that crashes take committed records with it? By an unclean election, or as the last
 * one that has them and keeps no disk. `no-acked-loss` judges that; what clients make of it is not modelled.
 */
export const losesByCrash = (topic: Losing | undefined): boolean =>
  topic !== undefined &&
  (topic.uncleanLeaderElection ||
    (topic.storage === 'ephemeral' && topic.effectiveMinInsyncReplicas < 2));

/** The sentence for a row with such a crash; null where there is none. */
export const refusedLoss = (loses: boolean, { brokerCrash = 0 }: Budget): string | null =>
  loses && brokerCrash > 0
    ? 'Not explored: the model takes the log to lose nothing that is committed, and here a crash may ' +
      'lose some (unclean elections, or the only copy on ephemeral storage).'
    : null;
