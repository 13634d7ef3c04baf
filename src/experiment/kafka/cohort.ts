/**
 * Messages that travel together: one record of the model.
 *
 * Where nothing happens, one message of many stands for all of a few seconds (a stratified sample of
 * the arrivals: its time is drawn within them, its weight is their number). Around a fault they are
 * few milliseconds wide, so that what is in flight when it strikes is counted to a few messages.
 */
export interface Cohort {
  /** When it arrived at the producer, in milliseconds. */
  readonly arrived: number;
  readonly messages: number;
  readonly bytes: number;
  /** How long it took until they had all arrived, in milliseconds. */
  readonly width: number;
  /** Bytes that had arrived in all by then: what the queue at the producer is computed from. */
  readonly until: number;
  /** Its number as the model counts records, of all that were ever sent; -1 before it is sent. */
  record: number;
  /** When its request could be in the leader's log at the earliest: requests overlap. */
  readyAt: number;
  sentAt: number;
  acknowledgedAt: number | null;
  /** When a reader could first see it. */
  readableAt: number | null;
  /** When it was in the sink. */
  deliveredAt: number | null;
  /** The producer told the application that it failed. */
  givenUp: boolean;
  /** How often readers were shown it. */
  copies: number;
}

export const cohort = (
  of: Pick<Cohort, 'arrived' | 'messages' | 'bytes' | 'width' | 'until'>,
): Cohort => ({
  ...of,
  record: -1,
  readyAt: 0,
  sentAt: 0,
  acknowledgedAt: null,
  readableAt: null,
  deliveredAt: null,
  givenUp: false,
  copies: 0,
});
