/**
 * How often something is looked at. A timeout is noticed at the first look after it ended, so on
 * average half a period late. The period follows from a setting, or is a default that no setting of
 * ours changes.
 */
import { type Mark, read } from './duration.ts';
import type { RunSetting } from './setting.ts';

export interface Check {
  /** Milliseconds from one look to the next. */
  readonly every: (run: Pick<RunSetting, 'kafka' | 'spark'>) => number;
  readonly formula: string;
  readonly means: string;
  readonly source: string;
  readonly mark: Mark;
}

export const CHECKS = {
  brokerSession: {
    every: ({ kafka }) => Math.max(1, kafka.sessionTimeoutMs / 8),
    formula: 'broker.session.timeout.ms / 8',
    means: 'the controller looks for brokers whose session ended, and fences one of them',
    ...read(
      'QuorumController.java, maybeFenceStaleBrokerPeriodNs (August 2026; in October 2024 it still',
      'looked at the very end of a session)',
    ),
  },
  registration: {
    every: ({ kafka }) => kafka.heartbeatIntervalMs,
    formula: 'broker.heartbeat.interval.ms',
    means: 'a broker asks again that is refused because the session of its last life is not over',
    ...read('ClusterControlManager.java, registerBroker; BrokerLifecycleManager.java'),
  },
  isrShrink: {
    every: ({ kafka }) => kafka.replicaLagTimeMaxMs / 2,
    formula: 'replica.lag.time.max.ms / 2',
    means: 'a leader looks for followers that lag, and asks for a smaller ISR',
    ...read('Partition.scala of 4.2, maybeShrinkIsr'),
  },
  executorHeartbeat: {
    every: ({ spark }) => Math.min(60_000, spark.networkTimeoutMs),
    formula: 'spark.network.timeoutInterval: 60 s, at most spark.network.timeout',
    means: 'the driver looks for executors that it has not heard of for spark.network.timeout',
    ...read('HeartbeatReceiver.scala, config/Network.scala of 4.x'),
  },
  workerHeartbeat: {
    every: ({ spark }) => spark.workerTimeoutMs,
    formula: 'spark.worker.timeout',
    means: 'the master looks for workers that it has not heard of for spark.worker.timeout',
    ...read('Master.scala of 4.x, checkForWorkerTimeOutTask; a worker reports 4 times in it'),
  },
} satisfies Record<string, Check>;
export type CheckName = keyof typeof CHECKS;
