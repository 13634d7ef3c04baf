import { expect, test } from 'vitest';
import { fileName } from './file-name.ts';

test('a file of numbers is named by what it is of, whatever that is called', () => {
  const titles = ['Recovery time (s)', '../../etc/passwd', 'a"b\u0000.exe', '…', 'x'.repeat(99)];
  expect(titles.map(fileName)).toEqual([
    'recovery-time-s.csv',
    'etc-passwd.csv',
    'a-b-exe.csv',
    'figure.csv',
    `${'x'.repeat(60)}.csv`,
  ]);
});
