/**
 * What the paper says it measured: C. K. Banait, O. P. Ghade, Fault Tolerance And Recovery Mechanisms
 * In Apache Spark And Kafka Integration. Its figures give no numbers that can be read off, so that
 * Table 2 stands in their place. The unit of its data loss is printed as seconds.
 */

/** A line of Table 2. */
export interface PaperLine {
  /** The fault scenario, by the name that rows have it under. */
  readonly fault: string;
  readonly recoverySeconds: number;
  readonly loss: number;
  readonly messagesPerSecond: number;
  readonly latencyMs: number;
}

const line = (
  fault: string,
  [recoverySeconds, loss, messagesPerSecond, latencyMs]: [number, number, number, number],
): PaperLine => ({ fault, recoverySeconds, loss, messagesPerSecond, latencyMs });

export const TABLE_2: readonly PaperLine[] = [
  line('Spark node failure', [15, 0, 10_000, 50]),
  line('Kafka node failure', [12, 0, 12_000, 45]),
  line('Network partition', [20, 50, 9_000, 55]),
];
