/** A producer, a partition's leader and its successor, ready to be checked. */
import { defineSystem, type System } from '../../../src/model/index.ts';
import { brokerStimuli, brokers } from './broker.ts';
import { cluster, clusterStimuli } from './cluster.ts';
import { type IdempotenceSetting, idempotenceOptions } from './options.ts';
import { producer, producerStimuli } from './producer.ts';

/** The system that `given` describes. */
export function idempotence(given: IdempotenceSetting = {}): System {
  const all = idempotenceOptions(given);
  const { acks, rules, bounds, replicas, faults, stateExpiresInFlight } = all;
  const names = replicas === 1 ? ['b1'] : ['b1', 'b2'];
  const has = {
    connections: faults.lostMessage ?? 0,
    expires: stateExpiresInFlight,
    follows: replicas === 2,
  };
  return defineSystem({
    name: 'idempotence',
    components: {
      producer: producer(all),
      cluster: cluster(names, all.staleMetadata),
      ...brokers({ acks, rules, window: bounds.window }, replicas),
    },
    stimuli: [
      ...producerStimuli(all, names),
      ...names.flatMap((id) => brokerStimuli(id, has)),
      ...clusterStimuli(names),
    ],
    budget: faults,
    bounds,
  });
}
