/** What of a direct stream Spark, or the application on it, may get wrong: one switch each. */
export interface DirectRules {
  /** Are offsets handed to commitAsync after the output, or when the batch is generated? */
  commitsOffsets: 'afterOutput' | 'beforeOutput';
  /** Does a graceful stop wait for the generated jobs, and for their checkpoint? */
  gracefulStopWaits: boolean;
  /** Does the application end when a job fails? (StreamingContext.awaitTermination throws) */
  endsOnFailedJob: boolean;
  /** Does a checkpoint keep the ranges of the batches that are not done? (DirectKafkaInputDStream) */
  checkpointKeepsRanges: boolean;
  /** Are results and offsets written in one transaction? (own store only) */
  storesOffsetsWithResults: boolean;
}

export const spark4Direct: DirectRules = {
  commitsOffsets: 'afterOutput',
  gracefulStopWaits: true,
  endsOnFailedJob: true,
  checkpointKeepsRanges: true,
  storesOffsetsWithResults: true,
};
