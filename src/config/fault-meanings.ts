/** What strikes, in a sentence for the person who runs the deployment. */
export const FAULT_MEANINGS: Readonly<Record<string, string>> = {
  brokerCrash: 'A process dies; its disk and page cache survive.',
  powerLoss: 'A machine goes down; any part of what was not flushed is gone.',
  diskLoss: "A broker comes back with an empty disk (an ephemeral pod's crash is this).",
  partition: 'A broker is cut off from the controller, and lives.',
  slowReplica: 'A broker is paused for longer than its session lasts.',
  lostMessage: 'A request of a client (a produce, a commit) or its answer is lost.',
  controlledShutdown: 'A broker is stopped in order.',
  consumerCrash: 'A consumer dies, with all that it has in hand.',
  slowConsumer: 'A consumer is removed from its group, for a pause or a late poll, and lives on.',
  rebalance: 'A consumer closes in order and leaves its group; others take over.',
  processingError: 'The application fails in the middle of its records and closes its consumer.',
  offsetsExpired: 'A group is away for longer than offsets.retention.minutes, or is new.',
};
