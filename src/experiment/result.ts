/** What one simulated run came to. Times are in seconds of the virtual clock, latencies in milliseconds. */

/**
 * A recovery: how long it took, and what the time went into; the parts add up to the whole. One that
 * had not come when the run ended is as long as the run was yet to go, and `recovered` is false.
 */
export interface Recovery<Phase extends string> {
  readonly total: number;
  readonly phases: Readonly<Record<Phase, number>>;
}

/** Until writes that the fault had stopped were acknowledged again. */
export type WritePhase = 'detect' | 'elect' | 'resume';
/** Until the output was as current again as it had been before. */
export type OutputPhase = 'detect' | 'reschedule' | 'reload' | 'rerun' | 'catchUp';

/** Messages, each counted once. */
export interface Loss {
  /** The producer was told they are safe, and they are in no log that is left. */
  readonly acknowledgedAndLost: number;
  /** The producer gave them up, or never heard of them again, and they are gone. */
  readonly unacknowledgedAndLost: number;
  /** In the log more than once. */
  readonly duplicatedInKafka: number;
  /** In the sink more than once. */
  readonly duplicatedInSink: number;
  /** Read by the query, and in no log that is left. */
  readonly phantom: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The state of cluster and query at one moment; the source of metrics and of pictures over time. */
export interface Sample {
  /** Seconds from the begin of the run. */
  readonly at: number;
  readonly underReplicatedPartitions: number;
  readonly underMinIsrPartitions: number;
  readonly offlinePartitions: number;
  readonly activeBrokers: number;
  /** Messages acknowledged, and given to the sink, since the sample before, a second. */
  readonly acknowledgedPerSecond: number;
  readonly processedPerSecond: number;
  readonly bytesInPerSecond: number;
  readonly replicationBytesInPerSecond: number;
  /** Messages that producers hold back, and messages in Kafka that the query has not read. */
  readonly producerBacklog: number;
  readonly consumerLag: number;
  /** Of the batch that ended last; null before the first. */
  readonly batchId: number | null;
  readonly batchMilliseconds: number | null;
  readonly inputRowsPerSecond: number | null;
  readonly processedRowsPerSecond: number | null;
  readonly stateRows: number;
  readonly activeExecutors: number;
}

export interface RunResult {
  /** Length of the run. */
  readonly seconds: number;
  /** Null where the fault stopped nothing of the kind. */
  readonly writes: Recovery<WritePhase> | null;
  readonly output: Recovery<OutputPhase> | null;
  /**
   * Seconds until everything was as before: all replicas in sync, all executors there. Null where
   * nothing was missing, or where it still was when the run ended.
   */
  readonly wholeAgain: number | null;
  /** Did writes and output come back before the run ended, and nothing stay missing? */
  readonly recovered: boolean;
  readonly loss: Loss;
  /**
   * Messages a second, in all of the run but its last three batches, or its end that is too late
   * for the sink if that is longer: offered, acknowledged, and of those offered what was in the
   * sink when the run ended.
   */
  readonly offered: number;
  readonly throughput: number;
  readonly delivered: number;
  /** Milliseconds from a message's arrival at the producer: until it is acknowledged, until it is in the sink. */
  readonly acknowledgement: Percentiles;
  readonly endToEnd: Percentiles;
  readonly resources: {
    readonly bytesReplicated: number;
    readonly bytesCheckpointed: number;
    readonly messagesRecomputed: number;
    /** Share of the time in which a batch was under way: tasks, and what every checkpoint costs. */
    readonly batchBusy: number;
    /** Share of the workers' cores that ran tasks. */
    readonly workersBusy: number;
  };
  /** Is the query's state, and what it has put out, what it is without the fault? */
  readonly stateIntact: boolean;
  /** Moves of the models that the run took. */
  readonly moves: number;
  /** One a second, where they were asked for. */
  readonly samples: readonly Sample[];
}
