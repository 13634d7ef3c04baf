/** An explorer at work: where it is, what is seen there, and what is being searched. */
import { signal } from '@preact/signals';
import type { Progress } from '../../schedulers/explore.ts';
import type { Built } from '../worker/messages.ts';
import { StoppedError, Thread } from '../worker/thread.ts';
import { fragmentOf, type Link, rename } from './link.ts';
import type { Sight, Step } from './place.ts';

/** How long a state is shown while a run is played, in milliseconds. */
const BEAT = 1500;

/** A search for a state in which a claim is decided. */
export type Search =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly claim: string; readonly progress: Progress | null }
  | { readonly kind: 'ended'; readonly says: string };

/** What to search. */
export interface Wish {
  readonly claim: string;
  /** From the state that is looked at, instead of the start. */
  readonly fromHere: boolean;
  readonly maxStates: number;
}

export class Session {
  readonly sight = signal<Sight | null>(null);
  /** Why nothing can be shown, as a sentence. */
  readonly failure = signal<string | null>(null);
  readonly isBusy = signal(false);
  readonly isPlaying = signal(false);
  readonly search = signal<Search>({ kind: 'idle' });

  private readonly steps = new Thread();
  private readonly searches = new Thread();
  private built: Built | null = null;
  private moves: readonly Step[] = [];
  private at = 0;
  private shown = '';
  private timer = 0;

  /** Goes to where a link leads, unless that is shown already. */
  async open({ token, at }: Link): Promise<void> {
    const asked = `${token}@${at ?? ''}`;
    if (asked === this.shown) return;
    this.shown = asked;
    this.pause();
    this.isBusy.value = true;
    try {
      const { moves, ...built } = await this.steps.call('open', token).answer;
      this.built = built;
      this.moves = moves;
      await this.show(Math.min(at ?? moves.length, moves.length));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes a move from the state that is looked at; what came after it is forgotten. */
  take(move: Step): Promise<void> {
    this.pause();
    this.moves = [...this.moves.slice(0, this.at), move];
    return this.show(this.at + 1);
  }

  /** Looks at the state after `at` moves. */
  goTo(at: number): Promise<void> {
    this.pause();
    return this.show(at);
  }

  /** Shows the rest of the run, state by state. */
  play(): void {
    this.pause();
    this.isPlaying.value = true;
    const next = async (): Promise<void> => {
      if (this.at < this.moves.length) await this.show(this.at + 1);
      if (this.at >= this.moves.length) this.pause();
      else if (this.isPlaying.value) this.timer = window.setTimeout(next, BEAT);
    };
    void next();
  }

  pause(): void {
    window.clearTimeout(this.timer);
    this.isPlaying.value = false;
  }

  /** Searches, on a thread of its own; what is found becomes the rest of the run. */
  async find({ claim, fromHere, maxStates }: Wish): Promise<void> {
    this.stopSearch();
    const before = fromHere ? this.moves.slice(0, this.at) : [];
    this.search.value = { kind: 'running', claim, progress: null };
    const ask = { built: this.built!, claim, after: before, maxStates };
    try {
      const found = await this.searches.call('search', ask, (progress) => {
        this.search.value = { kind: 'running', claim, progress };
      }).answer;
      this.search.value = { kind: 'ended', says: outcome(claim, found, fromHere) };
      if (found.moves === null) return;
      this.pause();
      this.moves = [...before, ...found.moves];
      await this.show(before.length);
    } catch (error) {
      if (error instanceof StoppedError) return;
      this.search.value = { kind: 'ended', says: (error as Error).message };
    }
  }

  stopSearch(): void {
    if (this.search.value.kind !== 'running') return;
    this.searches.end();
    this.search.value = { kind: 'ended', says: 'The search was stopped.' };
  }

  /** Ends its threads. */
  end(): void {
    this.pause();
    this.steps.end();
    this.searches.end();
  }

  private async show(at: number): Promise<void> {
    this.at = at;
    const { moves, built } = this;
    this.isBusy.value = true;
    try {
      const sight = await this.steps.call('look', { built: built!, place: { moves, at } }).answer;
      // Who presses quickly is shown where it led in the end.
      if (this.moves !== moves || this.at !== at) return;
      this.sight.value = sight;
      this.failure.value = null;
      this.isBusy.value = false;
      this.shown = fragmentOf(sight.token, at, moves.length).slice(1);
      if (!this.shown.includes('@')) this.shown += '@';
      rename(fragmentOf(sight.token, at, moves.length));
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.isBusy.value = false;
    if (error instanceof StoppedError) return;
    this.sight.value = null;
    this.failure.value = (error as Error).message;
  }
}

function outcome(
  claim: string,
  found: { moves: readonly Step[] | null; complete: boolean; states: number; limit: string | null },
  fromHere: boolean,
): string {
  const states = `${found.states.toLocaleString('en-US')} states`;
  const from = fromHere ? 'from here' : 'from the start';
  if (found.moves !== null) {
    const { length } = found.moves;
    if (length === 0) return `${claim}: it is so in this very state.`;
    return `${claim}: ${length} ${length === 1 ? 'move' : 'moves'} ${from}; no shorter way exists.`;
  }
  return found.complete
    ? `${claim}: there is no such state within the bounds; all ${states} ${from} were seen.`
    : `${claim}: none found. ${found.limit ?? ''} That decides nothing: raise the limit.`;
}
