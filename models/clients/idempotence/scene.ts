/** One step of a run of the idempotence model, as the narrator needs it. */
import {
  Scene as AnyScene,
  scenesOf as anyScenesOf,
  type ToldRun,
  type Turn,
} from '../../../src/model/index.ts';
import type { Cluster } from './cluster.ts';
import type { Broker } from './replica.ts';
import type { Producer } from './sequences.ts';

export class Scene extends AnyScene {
  get producer(): Turn<Producer> {
    return this.turn('producer');
  }

  get cluster(): Turn<Cluster> {
    return this.turn('cluster');
  }

  /** Names of the brokers. */
  get brokers(): string[] {
    return Object.keys(this.cluster.now.brokers);
  }

  broker(id: string): Turn<Broker> {
    return this.turn(id);
  }
}

/** The scenes of a run, in order. */
export const scenesOf = (run: ToldRun): Scene[] => anyScenesOf(run, Scene);
