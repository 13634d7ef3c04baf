/** Every scenario says what happens now; `npm run scenarios` writes them anew. */
import { expect, test } from 'vitest';
import { lineDiff } from '../../src/report/line-diff.ts';
import { played, scenarioFiles, textOf } from './files.ts';

test.each(scenarioFiles())('%s happens as it is written', (file) => {
  expect(lineDiff(textOf(file), played(file).text)).toEqual([]);
});

test('there are scenarios beside the models', () => {
  expect(scenarioFiles().length).toBeGreaterThanOrEqual(8);
});
