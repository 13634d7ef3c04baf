/** Configuration from this machine's disk. */
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Deployment, type ReadOptions, readDeploymentFrom } from './deployment.ts';
import { ConfigError } from './error.ts';
import { type Files, missing, tooLarge } from './files.ts';

/** The files of this machine. */
export const diskFiles: Files = {
  kind: (path) => {
    const stat = asked(path, () => statSync(path, { throwIfNoEntry: false }));
    return stat === undefined ? 'missing' : kindOf(stat);
  },
  list: (folder) => asked(folder, () => readdirSync(folder)),
  read: (file, most) =>
    asked(file, () => {
      const { size } = statSync(file);
      if (size > most) throw tooLarge(file, size, most);
      return readFileSync(file);
    }),
  identity: (path) => asked(path, () => realpathSync(path)),
  absolute: (path) => resolve(path),
};

/** `readDeploymentFrom` this machine's disk. */
export function readDeployment(paths: readonly string[], options: ReadOptions = {}): Deployment {
  return readDeploymentFrom(diskFiles, paths, options);
}

function kindOf(stat: Stats): 'file' | 'folder' | 'other' {
  if (stat.isDirectory()) return 'folder';
  return stat.isFile() ? 'file' : 'other';
}

/** What the system answers; its refusals in a sentence. */
function asked<T>(path: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw missing(path);
    throw new ConfigError({ file: path }, `it cannot be read (${code}); check its permissions`);
  }
}
