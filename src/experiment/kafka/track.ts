/** The Kafka model as an experiment uses it: room for a long run, and its stimuli by what they do. */
import {
  type Acks,
  kafka,
  kafka41,
  type KafkaSetting as ModelSetting,
} from '../../../models/kafka/index.ts';
import type { System } from '../../model/index.ts';
import { Track } from '../../schedulers/course.ts';
import type { KafkaSetting } from '../setting.ts';
import { keeping } from '../tracks.ts';

/** Records that may be open at a time: more wait at the producer. */
export const OPEN_RECORDS = 96;
/** What no run of an experiment reaches. */
const PLENTY = 1_000_000;

const METADATA_LAG = 8;

const ACKS: Record<KafkaSetting['acks'], Acks> = { '0': 0, '1': 1, all: -1 };

/** What of the settings decides what may happen, and not only when. */
export type ModelledSetting = Pick<
  KafkaSetting,
  'acks' | 'idempotence' | 'minInsyncReplicas' | 'replicationFactor' | 'uncleanElection'
>;

/** The model's setting; `records` that a run may have open, or in all if nothing is forgotten. */
export function modelSetting(
  setting: ModelledSetting,
  firstLeader: number,
  records: number,
): ModelSetting {
  return {
    replicas: setting.replicationFactor,
    minInsyncReplicas: setting.minInsyncReplicas,
    acks: ACKS[setting.acks],
    uncleanLeaderElection: setting.uncleanElection,
    retries: { most: PLENTY, idempotent: setting.idempotence },
    firstLeader,
    rules: kafka41,
    bounds: {
      records,
      lags: PLENTY,
      metadataLag: METADATA_LAG,
      partitionEpochs: PLENTY,
      leaderEpochs: PLENTY,
    },
    faults: {
      brokerCrash: PLENTY,
      partition: PLENTY,
      slowReplica: PLENTY,
      controlledShutdown: PLENTY,
      preferredElection: PLENTY,
    },
  };
}

/** The Kafka model's system with its tables, and the numbers of its stimuli. */
export class KafkaTrack extends Track {
  readonly replicas: readonly string[];
  /** By record, by broker. */
  readonly send: readonly (readonly number[])[];
  readonly retry: readonly (readonly number[])[];
  /** By broker. */
  readonly fetch: readonly number[];
  readonly heartbeat: readonly number[];
  readonly alterPartition: readonly number[];
  readonly crash: readonly number[];
  readonly pause: readonly number[];
  readonly cut: readonly number[];
  readonly restart: readonly number[];
  readonly shutDown: readonly number[];
  readonly stop: readonly number[];
  /** By broker: how many of the metadata changes that wait are read at once, less one. */
  readonly deliver: readonly (readonly number[])[];
  readonly electPreferred: number;

  constructor(system: System, replicas: number, records: number) {
    super(system);
    this.replicas = Array.from({ length: replicas }, (_, at) => `b${at + 1}`);
    const byBroker = (of: (broker: string) => number): number[] => this.replicas.map(of);
    const values = Array.from({ length: records }, (_, value) => value);
    const client = (type: string) =>
      values.map((value) => byBroker((broker) => this.number('producer', { type, value, broker })));
    const own = (type: string, more: object = {}) =>
      byBroker((broker) => this.number(broker, { type, ...more }));
    const network = (type: string, more: object = {}) =>
      byBroker((broker) => this.number('network', { type, broker, ...more }));
    this.send = client('SEND');
    this.retry = client('RETRY');
    this.fetch = own('FETCH_ROUND', { late: false });
    this.heartbeat = own('SEND_HEARTBEAT');
    this.alterPartition = own('SEND_ALTER_PARTITION');
    this.shutDown = own('SHUT_DOWN');
    this.stop = own('STOP');
    this.crash = network('CRASH', { keep: null, fetchInFlight: false, oldCheckpoint: false });
    this.pause = network('PAUSE');
    this.cut = network('CUT');
    this.restart = network('RESTART');
    this.deliver = this.replicas.map((broker) =>
      Array.from({ length: METADATA_LAG }, (_, waiting) =>
        this.number(`metadata:${broker}`, { type: 'DELIVER', count: waiting + 1 }),
      ),
    );
    this.electPreferred = this.number('controller', { type: 'ELECT_PREFERRED' });
  }

  /** The leader at place `leader` finds `laggards` behind. */
  lag(leader: number, laggards: readonly string[]): number {
    return this.number(this.replicas[leader]!, {
      type: 'REPLICAS_LAG',
      replicas: laggards,
    } as never);
  }
}

type Wanted = { readonly kafka: ModelledSetting; readonly firstLeader: number };

const kept = keeping(({ kafka: setting, firstLeader }: Wanted) => {
  const model = modelSetting(setting, firstLeader, OPEN_RECORDS);
  return new KafkaTrack(kafka(model), setting.replicationFactor, OPEN_RECORDS);
});

/** The track for a setting; what does not change the model does not change the track. */
export function trackOf(setting: KafkaSetting, firstLeader: number): KafkaTrack {
  const { acks, idempotence, minInsyncReplicas, replicationFactor, uncleanElection } = setting;
  const told = { acks, idempotence, minInsyncReplicas, replicationFactor, uncleanElection };
  return kept({ kafka: told, firstLeader });
}
