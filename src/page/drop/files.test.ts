import { expect, test } from 'vitest';
import { foldersOf, pathsOf } from './files.ts';

const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']));

test.each([
  [['server.properties'], ['server.properties'], ['.']],
  [['a/server.properties'], ['a/server.properties'], ['a']],
  [['server.properties', 'p.properties'], ['.'], ['.']],
  [['d/server.properties', 'd/conf/p.properties'], ['d'], ['d', 'd/conf']],
  [['a/x.yaml', 'b/c/y.yaml'], ['.'], ['.', 'a', 'b', 'b/c']],
  [['a/x.yaml', 'y.yaml'], ['.'], ['.', 'a']],
])('of the files %j is read %j', (paths, read, folders) => {
  expect(pathsOf(files(...paths))).toEqual(read);
  expect(foldersOf(files(...paths))).toEqual(folders);
});
