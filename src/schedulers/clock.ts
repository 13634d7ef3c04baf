/** A virtual clock: what is to happen, in the order of its times, and nothing in between. */
import TinyQueue from 'tinyqueue';

/** Something that will happen, unless it is called off. */
export interface Timer {
  readonly at: number;
  /** Of two at the same time, the one that was set first goes first. */
  readonly order: number;
  action: (() => void) | null;
}

const earlier = (a: Timer, b: Timer): number => a.at - b.at || a.order - b.order;

export class Clock {
  /** Milliseconds since the begin. */
  now = 0;
  private readonly queue = new TinyQueue<Timer>([], earlier);
  private set = 0;

  /** Does `action` in `delay` milliseconds; not before now. */
  after(delay: number, action: () => void): Timer {
    return this.at(this.now + Math.max(0, delay), action);
  }

  /** Does `action` at `time`; at once if that is past. */
  at(time: number, action: () => void): Timer {
    const timer: Timer = { at: Math.max(this.now, time), order: this.set++, action };
    this.queue.push(timer);
    return timer;
  }

  /** What was to happen will not. */
  cancel(timer: Timer | null): void {
    if (timer) timer.action = null;
  }

  /** Lets time pass until `end`, or until nothing is left to happen. */
  run(end: number): void {
    for (;;) {
      const next = this.queue.peek();
      if (!next || next.at > end) break;
      this.queue.pop();
      this.now = next.at;
      next.action?.();
    }
    this.now = end;
  }
}
