/**
 * The log of the ReceivedBlockTracker: what it holds, and what reading it back gives.
 * Source: streaming/.../scheduler/ReceivedBlockTracker.scala (recoverPastEvents).
 */
export type LogEvent =
  | { kind: 'blockAddition'; blocks: number[] }
  | { kind: 'batchAllocation'; blocks: number[] }
  | { kind: 'batchCleanup'; blocks: number[] };

export interface ReceiverRules {
  /** What does reading an allocation take from the queue: its own blocks, or all? (SPARK-23438) */
  allocationRemoves: 'itsBlocks' | 'everything';
  /** Do blocks leave the queue only when their allocation is in the log? (SPARK-23991) */
  dequeuesAfterLogging: boolean;
  /** Is a reliable receiver told that its block is safe before or after the log has it? */
  answersAfterLogging: boolean;
  /** Does a graceful stop wait until receivers, queue and jobs are empty? */
  gracefulStopDrains: boolean;
}

export const spark4Receiver: ReceiverRules = {
  allocationRemoves: 'itsBlocks',
  dequeuesAfterLogging: true,
  answersAfterLogging: true,
  gracefulStopDrains: true,
};

/** Blocks waiting for a batch, and batches allocated and not known to be done. */
export type Recovered = { queue: number[]; batches: number[][] };

/** What a restarted tracker makes of its log. */
export function replay(log: readonly LogEvent[], rules: ReceiverRules): Recovered {
  let queue: number[] = [];
  let batches: number[][] = [];
  for (const { kind, blocks } of log) {
    if (kind === 'blockAddition') queue = [...queue, ...blocks];
    if (kind === 'batchAllocation') {
      const keeps = (block: number) =>
        rules.allocationRemoves === 'itsBlocks' && !blocks.includes(block);
      queue = queue.filter(keeps);
      batches = [...batches, blocks];
    }
    if (kind === 'batchCleanup') {
      batches = batches.filter((batch) => batch.join() !== blocks.join());
    }
  }
  return { queue, batches };
}
