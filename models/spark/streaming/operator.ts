/** What the query's operator makes of a batch: pure functions of state, records and watermarks. */
import type { Assignment } from './messages.ts';
import type { StreamingOptions } from './options.ts';

/** When the event happened that a record tells of; 0 is before all events. */
export const timeOf = ({ eventTimes }: Pick<StreamingOptions, 'eventTimes'>, record: number) =>
  eventTimes[record] ?? record + 1;
export const keyOf = ({ keys }: Pick<StreamingOptions, 'keys'>, record: number): number =>
  keys[record] ?? record;

export type Step = {
  /** What goes to the sink. */
  rows: number[];
  /** The state after the batch: records of open windows, or keys seen. */
  content: number[];
  /** Largest event time among the records, late ones too; 0 if there are none. */
  maxEventTime: number;
};

/** The batch `assignment` with `records`, on the state that `content` is. */
export function operate(
  options: StreamingOptions,
  assignment: Assignment,
  content: readonly number[],
  records: readonly number[],
): Step {
  const maxEventTime = Math.max(0, ...records.map((record) => timeOf(options, record)));
  switch (options.operator) {
    case 'none':
      return { rows: [...records], content: [], maxEventTime };
    case 'aggregate': {
      // A window is late when its end is not above the watermark, and closed likewise. Each record is
      // a window of its own; append mode shows it when it closes.
      const inTime = records.filter((record) => timeOf(options, record) > assignment.lateBelow);
      const open = [...content, ...inTime].sort((a, b) => a - b);
      const closes = (record: number) => timeOf(options, record) <= assignment.watermark;
      return {
        rows: open.filter(closes),
        content: open.filter((record) => !closes(record)),
        maxEventTime,
      };
    }
    case 'dedup': {
      const known = new Set(content);
      const rows: number[] = [];
      for (const record of records) {
        const key = keyOf(options, record);
        if (!known.has(key)) rows.push(record);
        known.add(key);
      }
      return { rows, content: [...known].sort((a, b) => a - b), maxEventTime };
    }
  }
}
