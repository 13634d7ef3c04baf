/** The fault classes of a streaming query, as its budget names them, and what each stands for. */
export const faultClasses = {
  driverCrash: 'The driver dies between two steps, or the query is stopped.',
  executorLoss: 'A task loses its executor and begins anew on another one.',
  taskRetry: 'A task fails and is tried again.',
  zombieWrite: 'A task that was given up as lost lives on and writes late.',
  secondDriver: 'Somebody starts the query a second time on the same checkpoint.',
  lostWrite: 'A checkpoint write does not come about.',
  tornFile: 'The driver dies in the middle of a checkpoint write that is not atomic.',
  lostFile: 'A log file that the commits speak of, or the newest commit, disappears.',
  staleListing: 'A starting query does not see the newest file of a log.',
  checkpointDeleted: 'The checkpoint is deleted while the query is down.',
  retentionPassed: 'Kafka deletes the oldest record of a partition.',
  sourceTruncated: 'A partition loses its last record (unclean election, topic recreated).',
  staleEndOffsets: 'Kafka tells an end offset that lies behind.',
  emptyMetadata: 'Kafka tells of no partitions.',
  repartitioned: 'A run of a batch reads all partitions in one task.',
} as const;

export type FaultClass = keyof typeof faultClasses;

/** What `storageFault` means to those who do not want to know more. */
export const storageFaults: readonly FaultClass[] = [
  'lostWrite',
  'tornFile',
  'lostFile',
  'staleListing',
];
