/** Stimuli at run time: who receives each, what it costs, and in which local states it does anything. */
import type { Stimulus } from '../model/system.ts';
import { type Actor, STRUCK, TAKEN } from './actor.ts';
import { type Purse, TOO_DEAR } from './budget.ts';
import { IntList } from './int-list.ts';
import { ABSENT } from './pair-map.ts';
import { ViewReader } from './view-reader.ts';
import { ViewTable } from './view-table.ts';

/** Instead of the place of a transition: it depends on views, and is looked up when it is needed. */
export const UNKNOWN_PLACE = -1;

export class StimulusTable {
  readonly stimuli: readonly Stimulus[];
  /** Per stimulus: index of its receiver. */
  readonly target: Int32Array;
  /** Per stimulus: its price (see `Purse`), -1 if it costs nothing. */
  readonly price: Int32Array;
  /** Per stimulus: which count of a transition it raises. */
  readonly counter: Uint8Array;
  /** Per stimulus: 1 if it is the protocol's own, 2 if a repair, else 0. */
  readonly healing: Uint8Array;
  /** Lists of enabled stimuli (see `enabled`). */
  readonly lists = new IntList();

  private readonly actors: readonly Actor[];
  private readonly events: Int32Array;
  private readonly readers: readonly (ViewReader | null)[];
  /** Per actor: the stimuli it receives that the budget can ever pay for. */
  private readonly received: readonly (readonly number[])[];
  /** Per actor, then per local state: where its list begins; -1 if it was not made yet. */
  private readonly starts: Int32Array[];

  /** @param budget number of the whole fault budget. */
  constructor(
    stimuli: readonly Stimulus[],
    actors: readonly Actor[],
    actor: (name: string) => Actor,
    purse: Purse,
    budget: number,
  ) {
    this.stimuli = stimuli;
    this.actors = actors;
    this.target = Int32Array.from(stimuli, ({ to }) => actor(to).index);
    this.price = Int32Array.from(stimuli, ({ cost }) => purse.price(cost));
    this.counter = Uint8Array.from(stimuli, (s) => (s.class === 'fault' ? STRUCK : TAKEN));
    this.healing = Uint8Array.from(stimuli, ({ cost, class: kind }) => {
      if (cost) return 0;
      return kind === 'protocol' ? 1 : kind === 'repair' ? 2 : 0;
    });
    this.events = Int32Array.from(stimuli, ({ to, event, views }) =>
      views ? ABSENT : actor(to).events.id(event),
    );
    this.readers = stimuli.map((stimulus) => (stimulus.views ? readerOf(stimulus, actor) : null));
    const isHopeless = (s: number): boolean =>
      this.price[s]! >= 0 && purse.pay(budget, this.price[s]!) === TOO_DEAR;
    this.received = actors.map(({ index }) =>
      stimuli.flatMap((_, s) => (this.target[s] === index && !isHopeless(s) ? [s] : [])),
    );
    this.starts = actors.map(() => new Int32Array(64).fill(ABSENT));
  }

  /**
   * The stimuli that local state `local` of `actor` does not rule out: the place of their list in
   * `lists`. It holds their number, then each with the place of its transition, or `UNKNOWN_PLACE`.
   */
  enabled(actor: number, local: number): number {
    const starts = this.starts[actor]!;
    const start = local < starts.length ? starts[local]! : ABSENT;
    return start === ABSENT ? this.list(actor, local) : start;
  }

  /** The place of the transition of a stimulus that reads views, in the global state `tuple`. */
  placeByViews(stimulus: number, tuple: Int32Array): number {
    const actor = this.target[stimulus]!;
    const event = this.readers[stimulus]!.event(tuple);
    return this.actors[actor]!.step(tuple[actor]!, event);
  }

  /** As the list of `enabled` has it: the place of a stimulus' transition; `ABSENT` if it is not there. */
  enabledPlace(stimulus: number, tuple: Int32Array): number {
    if (stimulus >= this.stimuli.length) return ABSENT;
    const actor = this.target[stimulus]!;
    const start = this.enabled(actor, tuple[actor]!);
    const { data } = this.lists;
    const end = start + 2 * data[start]!;
    for (let i = start + 1; i < end; i += 2) {
      if (data[i] === stimulus)
        return data[i + 1] === UNKNOWN_PLACE ? this.place(stimulus, tuple) : data[i + 1]!;
    }
    return ABSENT;
  }

  /** The place of a stimulus' transition in the global state `tuple`; `ABSENT` if it does nothing there. */
  place(stimulus: number, tuple: Int32Array): number {
    const actor = this.target[stimulus]!;
    const receiver = this.actors[actor]!;
    const local = tuple[actor]!;
    const { when } = this.stimuli[stimulus]!;
    if (when && !when(receiver.at(local))) return ABSENT;
    const place = this.readers[stimulus]
      ? this.placeByViews(stimulus, tuple)
      : receiver.step(local, this.events[stimulus]!);
    return receiver.isIdle(local, place) ? ABSENT : place;
  }

  private list(actor: number, local: number): number {
    const receiver = this.actors[actor]!;
    const found: number[] = [];
    for (const s of this.received[actor]!) {
      const { when } = this.stimuli[s]!;
      if (when && !when(receiver.at(local))) continue;
      if (this.events[s] === ABSENT) {
        found.push(s, UNKNOWN_PLACE);
        continue;
      }
      const place = receiver.firstStep(local, this.events[s]!);
      if (place !== ABSENT) found.push(s, place);
    }
    const start = this.lists.length;
    this.lists.push(found.length / 2);
    for (const value of found) this.lists.push(value);
    this.remember(actor, local, start);
    return start;
  }

  private remember(actor: number, local: number, start: number): void {
    let starts = this.starts[actor]!;
    if (local >= starts.length) {
      const grown = new Int32Array(Math.max(local + 1, starts.length * 2)).fill(ABSENT);
      grown.set(starts);
      starts = grown;
      this.starts[actor] = grown;
    }
    starts[local] = start;
  }
}

function readerOf(stimulus: Stimulus, actor: (name: string) => Actor): ViewReader {
  const tables: [parameter: string, actor: number, view: ViewTable][] = [];
  for (const [parameter, [component, view]] of Object.entries(stimulus.views ?? {})) {
    const read = actor(component);
    tables.push([parameter, read.index, ViewTable.of(read, read.component.views![view]!)]);
  }
  return new ViewReader(actor(stimulus.to), stimulus.event, tables);
}
