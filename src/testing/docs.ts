/**
 * Documents that are tests. In a fenced block, `$ ` begins a command and what follows is all that it
 * prints; a block whose first line names a file, as in ```ts lamp.ts, is that file. Each document has a
 * scratch folder of its own with a copy of the examples, in which its blocks are carried out in order.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** What documents may import, besides what Node brings. */
const PACKAGES = ['xstate', 'vitest', 'tsx', 'typescript', '@types'];

const FENCE = /^```(\w+)?(?: (\S+))?$/;

/** All of them, by their paths. */
export const documents = (): string[] => [
  'README.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
];

/** A document, carried out. */
export interface CarriedOut {
  /** The document with what its commands print now. */
  readonly text: string;
  /** What the compiler has against its TypeScript files; empty if nothing. */
  readonly typeErrors: string;
}

/** Carries out a document. */
export function carryOut(markdown: string): CarriedOut {
  const folder = scratch();
  try {
    const typed: string[] = [];
    const lines = markdown.split('\n');
    const written: string[] = [];
    while (lines.length > 0) {
      const line = lines.shift()!;
      written.push(line);
      const [opens, language, file] = FENCE.exec(line) ?? [];
      if (opens === undefined) continue;
      const block = lines.splice(0, lines.indexOf('```'));
      if (language === 'console') written.push(...transcript(block, folder));
      else written.push(...block);
      if (file !== undefined) place(join(folder, file), block);
      if (file?.endsWith('.ts')) typed.push(file);
      written.push(lines.shift()!);
    }
    return { text: written.join('\n'), typeErrors: typeErrors(typed, folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder as a reader would have it: the examples, and the package installed. */
function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-docs-'));
  cpSync(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(ROOT, join(modules, 'holdfast'));
  symlinkSync(join(ROOT, 'bin/holdfast.js'), join(modules, '.bin/holdfast'));
  symlinkSync(join(ROOT, 'node_modules/.bin/tsx'), join(modules, '.bin/tsx'));
  for (const name of PACKAGES) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

function place(path: string, block: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${block.join('\n')}\n`);
}

/** The commands of a block, each with all that it prints. */
function transcript(block: readonly string[], folder: string): string[] {
  const commands = block
    .join('\n')
    .split(/^(?=\$ )/m)
    .map((part) => /^\$ ((?:.*\\\n)*.*)/.exec(part)?.[1])
    .filter((command) => command !== undefined);
  return commands.flatMap((command) => {
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
        HOME: folder,
        NO_COLOR: '1',
        NPM_CONFIG_UPDATE_NOTIFIER: 'false',
        LC_ALL: 'C.UTF-8',
      },
    });
    const printed = masked(stdout + stderr).trimEnd();
    return [`$ ${command}`, ...(printed === '' ? [] : printed.split('\n'))];
  });
}

/** Without what differs from run to run. */
const masked = (text: string): string =>
  text.replaceAll(/Took [\d.]+ s on \d+ threads?\./g, 'Took N s.');

function typeErrors(files: readonly string[], folder: string): string {
  if (files.length === 0) return '';
  const options = {
    target: 'ES2023',
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  };
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: options, files }));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', config, '--singleThreaded'];
  const { stdout, stderr } = spawnSync('node', args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}
