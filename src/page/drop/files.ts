/** Files that a person drops, chooses or types, as paths and contents. */

/** Path -> content. */
export type Contents = Readonly<Record<string, Uint8Array | string>>;

/** Most bytes of all files together: configuration is a thousandth of it. */
const MOST_BYTES = 20 * 2 ** 20;
/** Most files of a dropped folder: a deployment has a dozen. */
const MOST_FILES = 2000;

/** What was dropped is more than can be configuration. */
export class TooMuch extends Error {
  override name = 'TooMuch';
}

/** The files of a list, each with its path below the folder that was chosen. */
export async function filesOf(list: Iterable<File>): Promise<Contents> {
  const named = [...list].map((file) => [file.webkitRelativePath || file.name, file] as const);
  return contentsOf(named);
}

/** The files of a drop; folders are gone through. */
export async function droppedFiles(transfer: DataTransfer): Promise<Contents> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return filesOf(transfer.files);
  const found: (readonly [string, File])[] = [];
  for (const entry of entries) await gather(entry, found);
  return contentsOf(found);
}

async function gather(entry: FileSystemEntry, found: (readonly [string, File])[]): Promise<void> {
  if (found.length > MOST_FILES) throw new TooMuch(`More than ${MOST_FILES} files were dropped.`);
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push([path, file]);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out a hundred at a time, and none once it is through.
  for (;;) {
    const inside = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (inside.length === 0) return;
    for (const each of inside) await gather(each, found);
  }
}

async function contentsOf(files: readonly (readonly [string, File])[]): Promise<Contents> {
  const bytes = files.reduce((sum, [, { size }]) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    throw new TooMuch(
      `The files have ${Math.ceil(bytes / 2 ** 20)} MiB together and at most ${MOST_BYTES / 2 ** 20} MiB are read; drop only the configuration.`,
    );
  }
  const read = files.map(
    async ([path, file]) => [path, new Uint8Array(await file.arrayBuffer())] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

/** The folders that hold any of the files, `.` among them where there are loose ones. */
export function foldersOf(files: Contents): string[] {
  const folders = new Set<string>(pathsOf(files).filter((path) => path === '.'));
  for (const path of Object.keys(files)) {
    const parts = path.split('/').slice(0, -1);
    if (parts.length === 0) folders.add('.');
    for (const [i] of parts.entries()) folders.add(parts.slice(0, i + 1).join('/'));
  }
  return [...folders].sort();
}

/**
 * What to read of the files: the folder that holds all of them, or the one file there is. Of several
 * loose files the folder is the page's own, where what is plainly something else is skipped.
 */
export function pathsOf(files: Contents): string[] {
  const paths = Object.keys(files);
  if (paths.length === 1) return paths;
  const tops = new Set(paths.map((path) => /^[^/]+(?=\/)/.exec(path)?.[0]));
  const [top] = tops;
  return [tops.size === 1 && top !== undefined ? top : '.'];
}
