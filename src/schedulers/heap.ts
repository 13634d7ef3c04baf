/** How full JavaScript's heap is, where that can be asked. */

export interface Heap {
  /** Bytes in use. */
  readonly used: number;
  /** Bytes at which V8 ends the process or the page. */
  readonly most: number;
}

/** Chromium tells a page of its heap; the standard does not ask for it. */
interface Memory {
  readonly memory?: { readonly usedJSHeapSize: number; readonly jsHeapSizeLimit: number };
}

// Asked of the process instead of imported: in a browser there is neither.
const v8 = globalThis.process?.getBuiltinModule?.('node:v8');

/** The heap at present; null where nobody knows. */
export function heapNow(): Heap | null {
  if (v8) {
    const { used_heap_size: used, heap_size_limit: most } = v8.getHeapStatistics();
    return { used, most };
  }
  const { memory } = globalThis.performance as Memory;
  return memory ? { used: memory.usedJSHeapSize, most: memory.jsHeapSizeLimit } : null;
}
