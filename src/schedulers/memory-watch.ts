/** When a search has to give up for want of memory. */
import { group } from './group.ts';
import { heapNow } from './heap.ts';

/** Share of the heap that may be in use, less what V8 keeps for young objects; and how often in a row. */
const FULLEST_HEAP = 0.85;
const YOUNG_HEAP = 48 * 2 ** 20;
const FULL_HEAPS = 4;

export class MemoryWatch {
  /** Most bytes of the visited set and its lists. */
  private readonly maxBytes: number;
  /** Checks in a row that found the heap nearly full: some of it may be garbage. */
  private fullHeaps = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** @returns what is short, for a sentence; null if there is enough for another while. */
  shortage(bytes: number): string | null {
    // Arrays grow by doubling: the next growth must still fit.
    if (bytes * 1.5 > this.maxBytes) {
      return `the memory limit of ${group(Math.round(this.maxBytes / 2 ** 20))} MiB is near`;
    }
    // Local states live on JavaScript's heap, which ends the process when it is full.
    const heap = heapNow();
    if (heap === null) return null;
    const { used, most } = heap;
    this.fullHeaps = used > (most - YOUNG_HEAP) * FULLEST_HEAP ? this.fullHeaps + 1 : 0;
    if (this.fullHeaps < FULL_HEAPS) return null;
    const size = group(Math.round(most / 2 ** 20));
    return `local states of components fill the heap of ${size} MiB (node --max-old-space-size=MiB raises it)`;
  }
}
