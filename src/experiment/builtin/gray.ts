/** Failures that no process dies of: slow, or silent for a while. */
import type { Builtin } from './index.ts';

export const gray: Builtin = {
  about:
    'A leader whose disk or network is slow, or that stands still, by how much and for how long.',
  notes: ['A paused process stands still whatever the factor.'],
  experiment: {
    title: 'Gray failures',
    vary: {
      'times slower': [5, 50, 500].map((value) => ({ value, set: { 'fault.factor': value } })),
      'lasts (s)': [5, 20, 60].map((value) => ({ value, set: { 'fault.seconds': value } })),
    },
    scenarios: {
      'Slow disk': [{ kind: 'leaderSlowDisk' }],
      'Slow network': [{ kind: 'leaderSlowNetwork' }],
      'Paused process': [{ kind: 'leaderPaused' }],
    },
    seeds: 5,
  },
};
