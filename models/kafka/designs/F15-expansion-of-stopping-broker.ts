import type { Design } from './design.ts';

/**
 * The controller takes a stopping broker out of the ISR, its fetcher still runs, the leader takes it
 * back. When it is gone, acks=all waits for the dead.
 */
export const expansionOfStoppingBroker: Design = {
  id: 'F15',
  does: 'A broker that is fenced or shutting down may join the ISR.',
  breaks: 'waitingWritesAreAnswered',
  history: 'KIP-841, KAFKA-13916; before 3.3',
  setting: { faults: { controlledShutdown: 1 }, bounds: { records: 1, lags: 0 } },
  rules: { refusesIneligible: () => false, eligibleForIsr: () => true },
  shortest: 5,
};
