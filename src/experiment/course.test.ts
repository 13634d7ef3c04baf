/** What happened in a run, in order. */
import { expect, test } from 'vitest';
import { happenings } from './course.ts';
import { madeUpRows } from './fixtures/rows.ts';

const result = { ...madeUpRows({ seeds: 1 })[0]!.result, samples: [] };
const fault = { kind: 'leaderKilled', at: 40, seconds: 30, during: 'any', factor: 50 } as const;

test('phases that took time are told when they end, in the order of time', () => {
  const told = happenings(
    {
      ...result,
      writes: { total: 9, phases: { detect: 8, elect: 0, resume: 1 } },
      output: {
        total: 22,
        phases: { detect: 8, reschedule: 0, reload: 0, rerun: 2, catchUp: 12 },
      },
      wholeAgain: 35,
    },
    [fault, { ...fault, kind: 'workerKilled', at: 49.5, seconds: 0 }],
  );
  expect(told.map(({ after, says }) => `${after}: ${says}`)).toEqual([
    '0: leaderKilled, for 30 s',
    '8: the controller has noticed, and ends the session',
    '9: writes are acknowledged again',
    '9.5: workerKilled',
    '10: a batch is committed',
    '22: the output is current again',
    '35: all replicas are in sync and all executors there',
  ]);
});

test('where no write had to wait, what is noticed is noticed by the driver', () => {
  const output = {
    total: 3,
    phases: { detect: 1, reschedule: 1, reload: 1, rerun: 0, catchUp: 0 },
  };
  const told = happenings({ ...result, writes: null, output, wholeAgain: null }, [fault]);
  expect(told.slice(1).map(({ says }) => says)).toEqual([
    'it is noticed',
    'what was lost runs elsewhere',
    'its state is loaded',
  ]);
});

test('a calm run has nothing to tell', () => {
  expect(happenings(result, [])).toEqual([]);
});

test('how long it lasts is not said of a driver, which comes back by itself', () => {
  const told = happenings({ ...result, writes: null, output: null }, [
    { ...fault, kind: 'driverKilled' },
  ]);
  expect(told.find(({ after }) => after === 0)!.says).toBe('driverKilled');
});
