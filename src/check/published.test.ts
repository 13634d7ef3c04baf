import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resultsJsonSchema } from './json-schema.ts';

test('the published schema of results.json is the one in the code', () => {
  expect(readFileSync('schema/results.schema.json', 'utf8')).toBe(resultsJsonSchema());
});
