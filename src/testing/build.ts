/** Compiles the program before tests that run it as a command, unless that was done since. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['models', 'properties', 'src'];
/** The last that a build writes. */
const COMPILED = 'dist/page/report.html';

/** When the newest source was changed. */
function newest(): number {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|css|html)$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

export default function setup(): void {
  const compiled = statSync(COMPILED, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (compiled < newest()) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
}
