/** A query whose tasks run on and on: continuous processing, or real-time mode. */
import type { Budget } from '../../../../src/model/index.ts';

export interface Rules {
  /** Are epochs committed one after another? (SPARK-23503) */
  commitsInOrder: boolean;
  /** From which epoch is retention counted: the one committed, or the one that runs? (SPARK-24351) */
  purgesFrom: 'committed' | 'current';
  /** Does a restart drop the offsets of epochs that were not committed? */
  dropsUncommitted: boolean;
  /** Is it an error that an epoch's offsets are there already? */
  heedsExistingOffsets: boolean;
}

/** What the modes need. */
export const sound: Rules = {
  commitsInOrder: true,
  purgesFrom: 'committed',
  dropsUncommitted: true,
  heedsExistingOffsets: true,
};

/** Continuous processing as it is in Spark 4.1 (real-time mode keeps the sound rules). */
export const spark41: Rules = {
  ...sound,
  dropsUncommitted: false,
  heedsExistingOffsets: false,
};

export interface EpochOptions {
  /**
   * - `continuous`: an epoch's offsets are logged as soon as its end is known; what it wrote may still
   *   be in the producer's buffer.
   * - `realTime`: a long batch; offsets are logged when all it wrote is flushed.
   */
  mode: 'continuous' | 'realTime';
  /** Rows are seen when a task flushes them (Kafka), or when the driver commits the epoch. */
  visible: 'flush' | 'commit';
  /** Log entries kept before the newest commit. */
  retain: number;
  rules: Rules;
  bounds: {
    /** Records in the one Kafka partition, all there from the start. */
    records: number;
    /** Epoch ids: the last is `epochs - 1`. */
    epochs: number;
  };
  faults: Budget;
}
