/** Where a streaming query stands when a fault strikes: the states of its (first) driver. */
import { statesOf } from '../../../src/model/index.ts';

export const driverPhases = statesOf('the driver', 'driver1', [
  'recovering',
  'idle',
  'offsetFetched',
  'walProbed',
  'walWritten',
  'planned',
  'running',
  'committedEarly',
  'sinkCommitted',
  'wmUpdated',
  'commitProbed',
  'commitWritten',
  'finished',
  'down',
  'failed',
]);
