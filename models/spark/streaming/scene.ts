/** One step of a run of a streaming query, as the narrator needs it. */
import {
  Scene as AnyScene,
  scenesOf as anyScenesOf,
  type ToldRun,
  type Turn,
} from '../../../src/model/index.ts';
import type { CheckpointState } from './checkpoint.ts';
import type { Driver } from './driver-steps.ts';
import type { Sink } from './sink.ts';
import type { Source } from './source.ts';

export class Scene extends AnyScene {
  /** The component that the step is given to. */
  get actor(): string {
    return this.step.stimulus.component;
  }

  get checkpoint(): Turn<CheckpointState> {
    return this.turn('checkpoint');
  }

  get source(): Turn<Source> {
    return this.turn('source');
  }

  get sink(): Turn<Sink> {
    return this.turn('sink');
  }

  /** Names of the drivers: two where somebody starts the query twice. */
  get drivers(): string[] {
    return this.components.filter((name) => /^driver\d+$/.test(name));
  }

  driver(name: string): Turn<Driver> {
    return this.turn(name);
  }
}

/** The scenes of a run, in order. */
export const scenesOf = (run: ToldRun): Scene[] => anyScenesOf(run, Scene);
