/** What planned measures spare: rejuvenation and preemptive migration against the failure itself. */
import type { Builtin } from './index.ts';

export const proactive: Builtin = {
  about: 'A failure that comes unannounced, against measures taken ahead of it.',
  notes: [
    'Rejuvenation is a restart in order before the failure; leadership is moved 10 s before its broker ' +
      'dies; a worker is decommissioned before its machine goes.',
  ],
  experiment: {
    title: 'Proactive measures',
    vary: {
      workers: [3, 7].map((value) => ({ value, set: { 'spark.workers': value } })),
    },
    scenarios: {
      'Leader killed': [{ kind: 'leaderKilled' }],
      'Leader rejuvenated': [{ kind: 'leaderRejuvenated' }],
      'Leadership moved, then killed': [{ kind: 'leadershipMoved' }],
      'Rolling restart': [{ kind: 'rollingRestart' }],
      'Worker killed': [{ kind: 'workerKilled', during: 'batch' }],
      'Worker’s machine lost': [{ kind: 'workerLost', during: 'batch' }],
      'Worker decommissioned': [{ kind: 'workerDecommissioned', during: 'batch' }],
    },
    seeds: 10,
  },
};
