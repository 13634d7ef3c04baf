/**
 * Where a query takes up again: what offsets/ and commits/ say about the batch to run.
 *
 * Lo is the newest offset entry, Lc the newest commit. The five branches are those of
 * MicroBatchExecution.populateStartOffsets: nothing logged; Lc = Lo; Lc = Lo - 1 (or no commit);
 * Lc < Lo - 1; Lc > Lo.
 */
import { newest } from './checkpoint.ts';
import type * as m from './messages.ts';
import type { StreamingOptions } from './options.ts';

export type Batch = {
  batch: number;
  /** Null: the query has never resolved where it starts. */
  start: m.Offsets | null;
  /** Watermark of the batch: closes windows. */
  watermark: number;
  /** Watermark of the batch before: filters late records. */
  previousWatermark: number;
};

export type Decision =
  | ({ kind: 'next' } & Batch)
  | ({ kind: 'rerun'; end: m.Offsets } & Batch)
  | { kind: 'refuse'; because: string };

/** What a starting query makes of the checkpoint. */
export function recover(
  { mode, rules }: Pick<StreamingOptions, 'mode' | 'rules'>,
  { offsets, commits, initial }: m.Checkpoint,
): Decision {
  const [lo, lc] = [newest(offsets), newest(commits)];
  if (lo < 0) {
    if (lc >= 0 && rules.refusesLeftovers) return refuse('checkpointNotEmpty');
    return { kind: 'next', batch: 0, start: initial, watermark: 0, previousWatermark: 0 };
  }
  const logged = offsets[lo]!;
  // With asynchronous logs the entry before is the one before on disk, whatever its id.
  const before = mode === 'async' ? newest(offsets.slice(0, lo)) : lo - 1;
  const previous = before < 0 ? { end: initial, watermark: 0 } : offsets[before]!;
  if (previous === null) return refuse('batchMissing');
  if (logged === 'torn' || previous === 'torn') return refuse('incompleteLogFile');
  const committed = lc < 0 ? null : commits[lc]!;
  if (committed === 'torn') return refuse('incompleteLogFile');

  const watermark = rules.logsWatermark ? logged.watermark : 0;
  const previousWatermark = rules.logsWatermark ? previous.watermark : 0;
  if (lc === lo) {
    const next = rules.persistsNextWatermark ? (committed?.nextWatermark ?? 0) : 0;
    return {
      kind: 'next',
      batch: lo + 1,
      start: logged.end,
      watermark: Math.max(watermark, next),
      previousWatermark: watermark,
    };
  }
  if (lc > lo && rules.commitsAhead === 'refuses') return refuse('commitsAheadOfOffsets');
  const gap = mode === 'async' ? lc < before : lc < lo - 1;
  if (gap && rules.gapInCommits === 'refuses') return refuse('commitsFarBehindOffsets');
  return {
    kind: 'rerun',
    batch: lo,
    start: previous.end,
    end: logged.end,
    watermark,
    previousWatermark,
  };
}

const refuse = (because: string): Decision => ({ kind: 'refuse', because });
