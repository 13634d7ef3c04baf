/** A repair as a diff of the files. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Edit, editedFiles, memoryFiles } from '../../config/index.ts';
import { diffOf, diffText } from './diff.ts';

const files = {
  'server.properties': 'a=1\nmin.insync.replicas=1\nb=2\nc=3\n',
  'producer.properties': 'acks=1\nlinger.ms=5\n',
};
const edits: Edit[] = [
  { file: 'server.properties', line: 3, before: 'b=2', after: 'b=4' },
  { file: 'server.properties', line: 1, before: null, after: 'unclean=false\nelr=1' },
  { file: 'producer.properties', line: 1, before: 'acks=1', after: 'acks=all' },
  { file: 'server.properties', line: 3, before: null, after: 'behind=b' },
];

test('changed and added lines stand below the name of their file, at their places', () => {
  expect(diffText(diffOf(edits)).split('\n')).toEqual([
    '--- server.properties',
    '+++ server.properties',
    '@@ -1,0 +2,2 @@',
    '+unclean=false',
    '+elr=1',
    '@@ -3 +5 @@',
    '-b=2',
    '+b=4',
    '@@ -3,0 +6 @@',
    '+behind=b',
    '--- producer.properties',
    '+++ producer.properties',
    '@@ -1 +1 @@',
    '-acks=1',
    '+acks=all',
  ]);
});

test('what is copied is a patch: applied, it gives the files that were checked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-patch-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const input = `${diffText(diffOf(edits))}\n`;
  execFileSync('git', ['apply', '--unidiff-zero', '-p0'], { cwd: folder, input });
  const wanted = editedFiles(memoryFiles(files), edits);
  for (const name of Object.keys(files)) {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(
      new TextDecoder().decode(wanted.read(name, 1000)),
    );
  }
  rmSync(folder, { recursive: true });
});
