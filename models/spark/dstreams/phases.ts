/** Where a DStream stands when a fault strikes: the states of its driver, of either kind. */
import { statesOf } from '../../../src/model/index.ts';

export const driverPhases = statesOf('the driver', 'driver', [
  'running',
  'stopping',
  'stopped',
  'down',
  'recovering',
]);
