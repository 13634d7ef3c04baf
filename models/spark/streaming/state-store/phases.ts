/** Where a stateful query stands when a fault strikes. */
import { statesOf } from '../../../../src/model/index.ts';

export const queryPhases = statesOf('the query', 'query', ['starting', 'idle', 'running', 'down']);
