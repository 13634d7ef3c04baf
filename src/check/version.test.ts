import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toolVersion } from './version.ts';

test('the version is that of package.json', () => {
  expect(toolVersion()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
