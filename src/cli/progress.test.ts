import { expect, test } from 'vitest';
import { Board, type Job } from '../check/index.ts';
import { progressLine, showProgress } from './progress.ts';

const jobs = [{ brokerCrash: 1 }, { partition: 1 }, {}].map(
  (faults) => ({ aspect: 'replication', input: { faults } }) as unknown as Job,
);

function boardUnderWay(): Board {
  const board = new Board(jobs.length);
  board.begin(0);
  board.watch(0).report({ states: 812_345, moves: 5, depth: 17, frontier: 93_000 });
  board.begin(1);
  board.watch(1).report({ states: 1_000, moves: 5, depth: 3, frontier: 10 });
  return board;
}

test('progress tells the row, the states, their rate, the depth and the frontier', () => {
  expect(progressLine(jobs, new Board(jobs.length), 0)).toBe('Row 1 of 3');
  const board = boardUnderWay();
  expect(progressLine(jobs, board, 251_000.4)).toBe(
    'Row 1 of 3: replication brokerCrash=1 | replication partition=1; 813,345 states, ' +
      '251,000 a second, depth 17, frontier 93,010',
  );
  board.end(0);
  board.end(1);
  board.begin(2);
  expect(progressLine(jobs, board, 0, 'Repair of no-acked-loss, change 5 of 41, row')).toBe(
    'Repair of no-acked-loss, change 5 of 41, row 3 of 3: replication no faults; 0 states, ' +
      '0 a second, depth 0, frontier 0',
  );
});

test('in a pipe nothing is written, on a terminal the line is cleared at the end', () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) =>
    ({
      isTTY,
      columns: 80,
      write: (text: string) => written.push(text),
    }) as unknown as NodeJS.WriteStream;
  showProgress(jobs, boardUnderWay(), stream(false))();
  expect(written).toEqual([]);
  showProgress(jobs, boardUnderWay(), stream(true))();
  expect(written).toEqual(['\r\u001b[K']);
});
