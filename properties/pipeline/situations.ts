/** Situations that must be possible, so that no claim about a pipeline holds for want of anything happening. */
import type { ControllerState } from '../../models/kafka/index.ts';
import type { Driver } from '../../models/spark/streaming/index.ts';
import { type Claim, type Local, sometimes } from '../../src/model/index.ts';
import * as kafka from '../kafka/views.ts';
import * as query from '../spark/streaming/views.ts';
import type { Subject } from './views.ts';
import * as view from './views.ts';

const DOWN = ['brokerCrash', 'powerLoss', 'diskLoss', 'partition', 'controlledShutdown'];

const aRecordGoesAllTheWay = (): Claim =>
  sometimes(
    'aRecordGoesAllTheWay',
    'A record is acknowledged and in the sink, and the query rests behind it.',
    { producer: kafka.acknowledged, driver1: view.rest, sink: query.seen },
    ({ producer, driver1, sink }: { producer: number[]; driver1: view.Rest; sink: number[] }) =>
      driver1 !== null &&
      driver1.position > 0 &&
      producer.some((record) => sink[record] !== undefined && sink[record] > 0),
  );

const leaderEpoch = (local: Local): number =>
  (local.context as ControllerState).partition.leaderEpoch;

const aBatchOutlivesItsLeader = (): Claim =>
  sometimes(
    'aBatchOutlivesItsLeader',
    'Another leader is elected while a batch is logged and not committed.',
    {
      controller: leaderEpoch,
      driver1: ({ value, context }: Local) =>
        value === 'running' && (context as Driver).end![0]! > (context as Driver).start![0]!,
    },
    ({ controller, driver1 }: { controller: number; driver1: boolean }) =>
      controller > 0 && driver1,
  );

const theQueryIsStartedAgain = (): Claim =>
  sometimes(
    'theQueryIsStartedAgain',
    'After a crash the query takes up a batch that it had logged.',
    { driver1: ({ value }: Local) => value === 'walWritten', sink: query.reached },
    ({ driver1, sink }: { driver1: boolean; sink: query.Reached }) =>
      driver1 && Object.keys(sink.touched).length > 0,
  );

/** The situations that the options and faults of `subject` must bring about. */
export function situations({ faults, topic, stream, bounds }: Subject): Claim[] {
  const has = (fault: string): boolean => (faults[fault] ?? 0) > 0;
  const shows = bounds.records > stream.aborted.length;
  return [
    ...(shows ? [aRecordGoesAllTheWay()] : []),
    ...(topic.replicas > 1 && DOWN.some(has) ? [aBatchOutlivesItsLeader()] : []),
    ...(shows && has('driverCrash') && stream.sink !== 'memory' ? [theQueryIsStartedAgain()] : []),
  ];
}
