/** What all processes of a run share: the clock, the settings, and chance. */
import type { Clock } from '../schedulers/clock.ts';
import { CAPACITIES, type CapacityName, DURATIONS, type DurationName } from './durations.ts';
import type { RunSetting } from './setting.ts';
import { draw, streamOf, type Uniform } from './spread.ts';

export interface World {
  readonly clock: Clock;
  readonly setting: RunSetting;
  readonly seed: number;
  /** Is there an active controller? */
  controllerAnswers: () => boolean;
}

/** Chance, as one process meets it: streams of its own, so that no other process' draws shift it. */
export class Chance {
  private readonly seed: number;
  private readonly name: string;
  private readonly streams = new Map<string, Uniform>();

  constructor({ seed }: Pick<World, 'seed'>, name: string) {
    this.seed = seed;
    this.name = name;
  }

  /** A number in [0, 1) for `what`. */
  share(what: string): number {
    let stream = this.streams.get(what);
    if (!stream) {
      stream = streamOf(this.seed, `${this.name} ${what}`);
      this.streams.set(what, stream);
    }
    return stream();
  }

  /** How long `name` takes this time, in milliseconds. */
  of(name: DurationName): number {
    return draw(DURATIONS[name].spread, () => this.share(name));
  }
}

export const capacity = (name: CapacityName): number => CAPACITIES[name].value;
