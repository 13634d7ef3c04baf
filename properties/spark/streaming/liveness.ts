/** Recovery: what a query comes back to by restarts alone, once faults stop. */
import type { Claim, Violation } from '../../../src/model/index.ts';
import type { Subject } from './views.ts';
import * as view from './views.ts';

/** Recoverable. At the model's bound nothing is said of the future. */
const theQueryCatchesUpAgain = (subject: Subject): Claim => ({
  name: 'theQueryCatchesUpAgain',
  modality: 'recovers',
  means:
    'Once faults stop, starting the query again is enough for it to read to the end of the topic: no hand on the checkpoint, no changed option.',
  cites: 'Structured Streaming guide, "Recovering from Failures with Checkpointing"',
  reads: { driver1: view.doing, source: view.ends },
  check: ({ driver1, source }): Violation | null => {
    const { state, batch, start, error } = driver1 as view.Doing;
    const ends = source as number[];
    const rests = state === 'idle' || state === 'finished';
    if (rests && (state === 'finished' || batch >= subject.bounds.batches)) return null;
    if (rests && ends.every((end, partition) => start?.[partition] === end)) return null;
    return { because: `the query never gets to the end of the topic again`, witness: { error } };
  },
});

export const liveness = (subject: Subject): Claim[] => [theQueryCatchesUpAgain(subject)];
