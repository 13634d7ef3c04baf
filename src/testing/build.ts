/** Compiles the program before tests that run it as a command, unless that was done since. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['models', 'properties', 'src'];
const COMPILED = 'dist/src/cli/main.js';

/** When the newest source was changed. */
function newest(): number {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

export default function setup(): void {
  const compiled = statSync(COMPILED, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (compiled < newest()) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
}
