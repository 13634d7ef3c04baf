/** Who arrives when: the expected stream of messages at each partition of a topic. */
export interface Arrivals {
  /** Number of Kafka partitions. */
  readonly partitions: number;
  /** Messages a second, and bytes of one, as means over a long time; for questions of capacity. */
  readonly messagesPerSecond: number;
  readonly messageBytes: number;
  /**
   * Messages that have arrived at `partition` from the begin of the run until `seconds`, that
   * moment itself excluded. It never falls as `seconds` grows, is zero until the run begins, and
   * may be fractional: it is an expected count. What arrived in between is the difference.
   */
  messagesUntil(partition: number, seconds: number): number;
  /** The same in bytes. */
  bytesUntil(partition: number, seconds: number): number;
}
