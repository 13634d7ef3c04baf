/** What a client hears when it repeats a request whose answer was lost: no claim tells, so runs do. */
import { describe, expect, test } from 'vitest';
import {
  type Producer,
  type TransactionsSetting,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import type { System } from '../../../src/model/index.ts';
import { labelOf, type Move, replay } from '../../../src/schedulers/replay.ts';

/** A move by its label, as `p1: COMMIT isLate=false, message 2 lost`. */
function moveOf(system: System, label: string): Pick<Move, 'stimulus' | 'lost'> {
  for (let stimulus = 0; stimulus < system.stimuli.length; stimulus++) {
    for (const lost of [0, 1, 2]) {
      if (labelOf(system, stimulus, lost) === label) return { stimulus, lost };
    }
  }
  throw new Error(`There is no move '${label}'.`);
}

/** The first process after a run whose second-last EndTxn lost its answer. */
function afterRetry(setting: TransactionsSetting): { state: unknown; pid: number; epoch: number } {
  const system = transactions({ ...setting, faults: { lostMessage: 1 } });
  const labels = [
    'p1: INIT',
    'p1: SEND lateness=none',
    'p1: SEND lateness=none',
    'p1: COMMIT isLate=false, message 2 lost',
    'coordinator: SEND_MARKER partition=a isLate=false',
    'coordinator: SEND_MARKER partition=b isLate=false',
    'coordinator: COMPLETE',
    'p1: COMMIT isLate=false',
  ];
  const run = labels.map((label) => moveOf(system, label));
  const { value, context } = replay(system, run).end.p1!;
  const { pid, epoch } = context as unknown as Producer;
  return { state: value, pid, epoch };
}

describe('an EndTxn whose answer was lost, repeated when the transaction is complete', () => {
  test('is answered with the epoch of the next transaction', () => {
    expect(afterRetry({})).toEqual({ state: 'ready', pid: 0, epoch: 1 });
  });

  test('is answered with the next producer id where epochs have run out', () => {
    const last = { bounds: { lastEpoch: 1 } };
    expect(afterRetry(last)).toEqual({ state: 'ready', pid: 1, epoch: 0 });
  });

  test('is answered with the same epoch by version 1', () => {
    expect(afterRetry({ transactionVersion: 1 })).toEqual({ state: 'ready', pid: 0, epoch: 0 });
  });
});
