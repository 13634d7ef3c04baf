/** A worker as the page sees it: questions that are answered, or ended with the thread. */
import type { Ask, Method, Methods, Reply, Settled } from './messages.ts';
import HoldfastWorker from './worker.ts?worker&inline';

/** The sentence is for the person: what is wrong with a file or a link. */
export class PlainError extends Error {
  override name = 'PlainError';
}

/** The thread was ended before it had answered. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly note: (note: never) => void;
}

/** A question under way. */
export interface Call<M extends Method> {
  readonly answer: Promise<Methods[M]['answer']>;
  /** Tells the worker something meanwhile. */
  readonly tell: (told: Settled) => void;
}

export class Thread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  /** Asks; the worker is begun with the first question. */
  call<M extends Method>(
    method: M,
    ask: Methods[M]['ask'],
    note: (note: Methods[M]['note']) => void = () => {},
  ): Call<M> {
    const id = ++this.asked;
    const answer = new Promise<Methods[M]['answer']>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, note });
    });
    const worker = this.begun();
    worker.postMessage({ id, method, ask } as Ask);
    return { answer, tell: (told) => worker.postMessage({ id, told } satisfies Ask) };
  }

  /** Ends the worker; what it was asked is answered with StoppedError. The next question begins anew. */
  end(error: Error = new StoppedError('It was stopped.')): void {
    this.worker?.terminate();
    this.worker = null;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of left) reject(error);
  }

  private begun(): Worker {
    if (this.worker) return this.worker;
    const worker = new HoldfastWorker();
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data);
    worker.onerror = ({ message }) => this.end(new Error(message || 'The worker has failed.'));
    this.worker = worker;
    return worker;
  }

  private hear(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    if ('note' in reply) {
      waiting.note(reply.note as never);
      return;
    }
    this.waiting.delete(reply.id);
    if ('answer' in reply) waiting.resolve(reply.answer as never);
    else {
      const { message, isPlain } = reply.error;
      waiting.reject(isPlain ? new PlainError(message) : new Error(message));
    }
  }
}
