/** One step of a run of the Kafka model, as the narrator needs it. */
import {
  Scene as AnyScene,
  scenesOf as anyScenesOf,
  type ToldRun,
  type Turn,
} from '../../src/model/index.ts';
import type { Ledger, Producer } from './clients.ts';
import type { ControllerState } from './controller.ts';
import type { Replica } from './replica.ts';

export type { ToldMessage, ToldRun, ToldStep, Turn } from '../../src/model/index.ts';

export class Scene extends AnyScene {
  /** Names of the brokers. */
  get brokers(): string[] {
    return Object.keys(this.controller.now.brokers);
  }

  get controller(): Turn<ControllerState> {
    return this.turn('controller');
  }

  get producer(): Turn<Producer> {
    return this.turn('producer');
  }

  get ledger(): Turn<Ledger> {
    return this.turn('ledger');
  }

  replica(id: string): Turn<Replica> {
    return this.turn(id);
  }
}

/** The scenes of a run, in order. */
export const scenesOf = (run: ToldRun): Scene[] => anyScenesOf(run, Scene);
