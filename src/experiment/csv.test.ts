import { expect, test } from 'vitest';
import { csvOf, rowsCsv, summaryCsv } from './csv.ts';
import { madeUpRows } from './fixtures/rows.ts';
import { summarise } from './statistics.ts';

test('fields with commas, quotes and line ends are quoted, and lines end as RFC 4180 has it', () => {
  const lines = [
    ['a,b', 'say "no"', 'two\nlines', null, true],
    [-1.5, 1e-9, 0, '', false],
  ];
  expect(csvOf(['one', 'two', 'three', 'four', 'five'], lines)).toBe(
    'one,two,three,four,five\r\n' +
      '"a,b","say ""no""","two\nlines",,true\r\n' +
      '-1.5,1e-9,0,,false\r\n',
  );
});

test('a text that a spreadsheet would carry out is kept from it, and a number is not touched', () => {
  expect(csvOf(['=x'], [['=HYPERLINK("http://x")'], ['@a'], ['+1'], ['-x'], [-1]])).toBe(
    '\'=x\r\n"\'=HYPERLINK(""http://x"")"\r\n\'@a\r\n\'+1\r\n\'-x\r\n-1\r\n',
  );
});

test('a run is a line with every number of its result; a recovery that is none is empty', () => {
  const grid = { workers: [3] };
  const faults = ['Spark node failure', 'Kafka node failure'];
  const rows = madeUpRows({ grid, faults, seeds: 1 });
  const [head, spark, kafka, ...rest] = rowsCsv(rows).trimEnd().split('\r\n');
  expect(rest).toEqual([]);
  expect(head!.split(',')).toEqual([
    ...['run', 'cell', 'settings.workers', 'fault', 'seed'],
    ...['result.writes.total', 'result.writes.phases.detect', 'result.writes.phases.elect'],
    ...['result.writes.phases.resume', 'result.output.total', 'result.output.phases.detect'],
    ...['result.output.phases.reschedule', 'result.output.phases.reload'],
    ...['result.output.phases.rerun', 'result.output.phases.catchUp'],
    ...['result.seconds', 'result.wholeAgain', 'result.recovered'],
    ...['result.loss.acknowledgedAndLost', 'result.loss.unacknowledgedAndLost'],
    ...['result.loss.duplicatedInKafka', 'result.loss.duplicatedInSink', 'result.loss.phantom'],
    ...['result.offered', 'result.throughput', 'result.delivered'],
    ...['acknowledgement', 'endToEnd'].flatMap((which) =>
      ['p50', 'p95', 'p99', 'max'].map((one) => `result.${which}.${one}`),
    ),
    ...[
      'bytesReplicated',
      'bytesCheckpointed',
      'messagesRecomputed',
      'batchBusy',
      'workersBusy',
    ].map((name) => `result.resources.${name}`),
    ...['result.stateIntact', 'result.moves'],
  ]);
  expect(spark).toMatch(/^0,0,3,Spark node failure,0,,,,,\d/);
  expect(kafka).toMatch(/^1,0,3,Kafka node failure,0,\d/);
  expect(spark!.split(',').length).toBe(head!.split(',').length);
});

test('a group is a line', () => {
  const rows = madeUpRows({ grid: { workers: [5, 3] }, faults: ['x'], seeds: 1 });
  expect(summaryCsv(summarise(rows, ['fault', 'workers'], ({ cell }) => cell))).toBe(
    'fault,workers,n,missing,mean,low,high,p50,p95\r\n' +
      'x,3,1,0,1,1,1,1,1\r\n' +
      'x,5,1,0,0,0,0,0,0\r\n',
  );
});
