/** Where a query with long-running tasks stands when a fault strikes. */
import type { Phases } from '../../../../src/model/index.ts';
import type { Query } from './query.ts';

/** By what of the newest epochs is logged and committed. */
export const queryPhases: Phases = {
  of: 'the query',
  phases: ['nothing logged', 'all committed', 'offsets ahead', 'committing the sink', 'down'],
  component: () => 'query',
  at: ({ value, context }) => {
    const { offsets, newest, committing } = context as Query;
    if (value === 'down') return 'down';
    if (committing !== null) return 'committing the sink';
    const logged = offsets.findLastIndex((end) => end !== null);
    if (logged < 0) return 'nothing logged';
    return logged > newest ? 'offsets ahead' : 'all committed';
  },
};
