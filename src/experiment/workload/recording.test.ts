import { expect, test } from 'vitest';
import { ConfigError } from '../../config/error.ts';
import { arrivalsOf } from './index.ts';
import { readRecording } from './recording.ts';

const HEADER = 'timestamp,key,size\n';
const FORM = 'a first line "timestamp,key,size" and a message on each line after it';

/** Each case: the text, and the whole sentence. */
const REFUSED: Record<string, [string, string]> = {
  'an empty file': ['', `a.csv: the recording is empty; expected ${FORM}`],
  'a file of empty lines': ['\n\n', `a.csv: the recording is empty; expected ${FORM}`],
  'a file without messages': [HEADER, `a.csv: the recording has no message; expected ${FORM}`],
  'a missing column': [
    'timestamp,bytes,key\n1,2,a\n',
    'a.csv:1: there is no column "size", the columns are "timestamp", "bytes", "key"; expected ' +
      'timestamp, key, size: name them in the first line',
  ],
  'a missing header': [
    '1,a,2\n2,a,2\n',
    'a.csv:1: there is no column "timestamp", the columns are "1", "a", "2"; expected ' +
      'timestamp, key, size: name them in the first line',
  ],
  'two columns of one name': [
    'timestamp,key,size,key\n',
    'a.csv:1: two columns are named "key", the columns are "timestamp", "key", "size", "key"; ' +
      'expected one: rename the other',
  ],
  'a line with too few fields': [
    `${HEADER}1,a,2\n\n2,a\n`,
    'a.csv:4: the line has 2 fields; expected 3, as in the first line: add what is missing, or ' +
      'put a field that holds a comma in quotes',
  ],
  'a key with a comma': [
    `${HEADER}1,a,b,2\n`,
    'a.csv:2: the line has 4 fields; expected 3, as in the first line: add what is missing, or ' +
      'put a field that holds a comma in quotes',
  ],
  'a timestamp that is no number': [
    `${HEADER}1,a,2\n12:30,a,2\n`,
    'a.csv:3: the timestamp "12:30" is not a number; expected seconds, as 12.345: correct it',
  ],
  'an empty timestamp': [
    `${HEADER},a,2\n`,
    'a.csv:2: the timestamp "" is not a number; expected seconds, as 12.345: correct it',
  ],
  'timestamps in milliseconds': [
    `${HEADER}1767225600000,a,2\n`,
    'a.csv:2: the timestamp 1767225600000 is in the far future; expected seconds, and these may ' +
      'be milliseconds: divide them by 1,000',
  ],
  'time that goes back': [
    `${HEADER}1,a,2\n3.5,a,2\n3.25,b,2\n`,
    'a.csv:4: the timestamp 3.25 is earlier than 3.5 before it; expected times that never go ' +
      'back: sort the recording by time',
  ],
  'one moment only': [
    `${HEADER}3,a,2\n3,b,2\n`,
    'a.csv: every message has the timestamp 3, and a recording is played in a loop; expected at ' +
      'least two different timestamps: give a longer recording',
  ],
  'a size that is no number': [
    `${HEADER}1,a,2\n2,a,1k\n`,
    'a.csv:3: the size "1k" is no size of a message; expected a whole number of bytes from 0 to ' +
      '2147483647: correct it',
  ],
  'a negative size': [
    `${HEADER}1,a,-2\n2,a,2\n`,
    'a.csv:2: the size "-2" is no size of a message; expected a whole number of bytes from 0 to ' +
      '2147483647: correct it',
  ],
  'a size that no message can have': [
    `${HEADER}1,a,2147483648\n2,a,2\n`,
    'a.csv:2: the size "2147483648" is no size of a message; expected a whole number of bytes ' +
      'from 0 to 2147483647: correct it',
  ],
  'a quote that is never closed': [
    `${HEADER}1,a,2\n2,"a,2\n`,
    'a.csv:3: the line is no CSV (CSV_QUOTE_NOT_CLOSED); expected fields without quotes, or with ' +
      'a pair of quotes around the whole field: correct the quotes',
  ],
};

test.for(Object.entries(REFUSED))('%s is refused', ([, [text, sentence]]) => {
  expect(() => readRecording('a.csv', text)).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: sentence }),
  );
});

test('columns may stand in any order, among others, and in quotes', () => {
  const text = '\uFEFFsize,"key",topic,timestamp\r\n2,"a, ""b""",t,1.5\r\n\r\n3,c,t,2\r\n';
  expect(readRecording('a.csv', text)).toEqual({
    times: Float64Array.of(0, 0.5),
    keys: ['a, "b"', 'c'],
    sizes: Float64Array.of(2, 3),
    period: 1,
  });
});

test('a file that cannot be read is told by who reads it', () => {
  const gone = new ConfigError({ file: 'a.csv' }, 'there is no such file or folder');
  const read = (): never => {
    throw gone;
  };
  expect(() => arrivalsOf({ kind: 'recorded', file: 'a.csv', speed: 1 }, 1, read)).toThrow(gone);
});
