/** Reads a recorded arrival process: CSV with columns timestamp (seconds), key, size (bytes). */
import { CsvError, parse } from 'csv-parse/sync';
import { ConfigError, quoted } from '../../config/error.ts';

/** Messages in the order they arrived, the first at time zero. */
export interface Recording {
  readonly times: Float64Array;
  /** An empty text: the message has no key. */
  readonly keys: readonly string[];
  readonly sizes: Float64Array;
  /** Seconds after which it begins anew: its length, and a mean gap from its end to its begin. */
  readonly period: number;
}

interface Row {
  readonly fields: readonly string[];
  /** The line, from 1, at which the row ends. */
  readonly line: number;
}

const COLUMNS = ['timestamp', 'key', 'size'] as const;
type Column = (typeof COLUMNS)[number];
type Places = Readonly<Record<Column, number>>;

const FORM = 'a first line "timestamp,key,size" and a message on each line after it';

/** Unix time in milliseconds is past this since 1973, unix time in seconds in the year 5138. */
const LATEST_SECONDS = 1e11;
/** The length of a message is a signed 32-bit number in Kafka's protocol. */
const LARGEST_SIZE = 2 ** 31 - 1;

/** @throws ConfigError for a text that is no recording, or one that cannot be played in a loop. */
export function readRecording(file: string, text: string): Recording {
  const [header, ...rows] = readRows(file, text);
  if (header === undefined) {
    throw new ConfigError({ file }, `the recording is empty; expected ${FORM}`);
  }
  const places = findColumns(file, header);
  if (rows.length === 0) {
    throw new ConfigError({ file }, `the recording has no message; expected ${FORM}`);
  }
  for (const row of rows) checkWidth(file, row, header);
  const stamps = readTimes(file, rows, places.timestamp);
  const first = stamps[0]!;
  const length = stamps.at(-1)! - first;
  if (length === 0) {
    throw new ConfigError(
      { file },
      `every message has the timestamp ${first}, and a recording is played in a loop; ` +
        'expected at least two different timestamps: give a longer recording',
    );
  }
  return {
    times: stamps.map((stamp) => stamp - first),
    keys: rows.map((row) => row.fields[places.key]!),
    sizes: Float64Array.from(rows, (row) => readSize(file, row, places.size)),
    period: (length * rows.length) / (rows.length - 1),
  };
}

function readRows(file: string, text: string): Row[] {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // The parser names a line only to this; it keeps no row itself.
      on_record: (fields: string[], { lines }) => {
        rows.push({ fields, line: lines });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ConfigError(
      { file, line: Number(error.lines) },
      `the line is no CSV (${error.code}); expected fields without quotes, or with a pair of ` +
        'quotes around the whole field: correct the quotes',
    );
  }
}

function findColumns(file: string, { fields, line }: Row): Places {
  const place = (column: Column): number => {
    const found = fields.indexOf(column);
    const named = `the columns are ${fields.map(quoted).join(', ')}`;
    if (found === -1) {
      throw new ConfigError(
        { file, line },
        `there is no column "${column}", ${named}; expected ${COLUMNS.join(', ')}: ` +
          'name them in the first line',
      );
    }
    if (fields.indexOf(column, found + 1) !== -1) {
      throw new ConfigError(
        { file, line },
        `two columns are named "${column}", ${named}; expected one: rename the other`,
      );
    }
    return found;
  };
  return { timestamp: place('timestamp'), key: place('key'), size: place('size') };
}

function checkWidth(file: string, { fields, line }: Row, header: Row): void {
  if (fields.length === header.fields.length) return;
  throw new ConfigError(
    { file, line },
    `the line has ${fields.length} fields; expected ${header.fields.length}, as in the first ` +
      'line: add what is missing, or put a field that holds a comma in quotes',
  );
}

function readTimes(file: string, rows: readonly Row[], place: number): Float64Array {
  let before = 0;
  return Float64Array.from(rows, ({ fields, line }) => {
    const text = fields[place]!;
    const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(time)) {
      throw new ConfigError(
        { file, line },
        `the timestamp ${quoted(text)} is not a number; expected seconds, as 12.345: correct it`,
      );
    }
    if (time >= LATEST_SECONDS) {
      throw new ConfigError(
        { file, line },
        `the timestamp ${text} is in the far future; expected seconds, and these may be ` +
          'milliseconds: divide them by 1,000',
      );
    }
    if (time < before) {
      throw new ConfigError(
        { file, line },
        `the timestamp ${text} is earlier than ${before} before it; expected times that never go ` +
          'back: sort the recording by time',
      );
    }
    before = time;
    return time;
  });
}

function readSize(file: string, { fields, line }: Row, place: number): number {
  const text = fields[place]!;
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (size <= LARGEST_SIZE) return size;
  throw new ConfigError(
    { file, line },
    `the size ${quoted(text)} is no size of a message; expected a whole number of bytes from 0 ` +
      'to 2147483647: correct it',
  );
}
