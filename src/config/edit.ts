/**
 * Changed settings as changed lines of the files they stand in. A line is offered only after reading
 * the changed files gave the wanted value.
 */
import { type Deployment, type Origin, readDeploymentFrom } from './deployment.ts';
import { ConfigError } from './error.ts';
import type { Files } from './files.ts';

/** A setting that is to have another value. */
export interface WantedSetting {
  readonly subject: string;
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly origin: Origin;
}

/** A line written anew; with `before` null, one put after line `line`. Lines count from one. */
export interface Edit {
  readonly file: string;
  readonly line: number;
  readonly before: string | null;
  readonly after: string;
}

/** Larger files are no configuration; reading has refused them before. */
const MOST_BYTES = 2 ** 24;

/**
 * The lines to change so that the files say what is wanted.
 *
 * @param paths what the deployment was read from.
 * @returns null if there is a setting whose place in the files is not known well enough.
 */
export function editsFor(
  files: Files,
  paths: readonly string[],
  deployment: Deployment,
  wanted: readonly WantedSetting[],
): Edit[] | null {
  const edits: Edit[] = [];
  for (const setting of wanted) {
    const fitting = editsOf(setting, files, deployment).find((edit) =>
      isRead(files, paths, [...edits, edit], setting),
    );
    if (!fitting) return null;
    edits.push(fitting);
  }
  return wanted.every((setting) => isRead(files, paths, edits, setting)) ? edits : null;
}

/** The same files with the edits made. */
export function editedFiles(files: Files, edits: readonly Edit[]): Files {
  const texts = new Map<string, Uint8Array>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    texts.set(files.identity(file), new TextEncoder().encode(edited(textOf(files, file), own)));
  }
  return {
    ...files,
    read: (file, most) => texts.get(files.identity(file)) ?? files.read(file, most),
  };
}

const textOf = (files: Files, file: string): string =>
  new TextDecoder().decode(files.read(file, MOST_BYTES));

function edited(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n').map((line, i) => {
    const own = edits.filter((edit) => edit.line === i + 1);
    const written = own.find(({ before }) => before !== null)?.after ?? line;
    return [written, ...own.flatMap(({ before, after }) => (before === null ? after : []))];
  });
  return lines.flat().join('\n');
}

/** Lines that may do: the stated one; where none states it, one beside a setting of the same subject. */
function editsOf({ subject, key, from, to, origin }: WantedSetting, files: Files, now: Deployment) {
  const lineAt = (place: { file: string; line: number }): string =>
    textOf(files, place.file).split('\n')[place.line - 1] ?? '';
  if ('file' in origin) {
    const before = lineAt(origin);
    const after = withValue(before, from, to);
    if (after !== null) return [{ ...origin, before, after }];
  }
  const siblings = now.settings.filter((setting) => setting.subject === subject).reverse();
  return siblings.flatMap(({ origin: place, ...sibling }): Edit[] => {
    if (!('file' in place)) return [];
    const after = lineLike(lineAt(place), sibling, { key, value: to });
    return after === null ? [] : [{ ...place, before: null, after }];
  });
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `key: 1 # why` with another value; null if the line does not end with that value. */
function withValue(line: string, from: string, to: string): string | null {
  const found = new RegExp(`^(.*[=:\\s]["']?)${escaped(from)}(["']?\\s*(?:#.*)?\\r?)$`).exec(line);
  return found && `${found[1]}${to}${found[2]}`;
}

/** A line for another setting, written as its sibling's is: a property, a map entry, a variable. */
function lineLike(
  line: string,
  sibling: { key: string; value: string },
  { key, value }: { key: string; value: string },
): string | null {
  const variable = (of: string): string => `KAFKA_${of.replaceAll('.', '_').toUpperCase()}`;
  for (const name of [(of: string) => of, variable]) {
    const other = withValue(line, sibling.value, value);
    if (other?.includes(name(sibling.key))) return other.replace(name(sibling.key), name(key));
  }
  return null;
}

function isRead(
  files: Files,
  paths: readonly string[],
  edits: readonly Edit[],
  { subject, key, to }: WantedSetting,
): boolean {
  try {
    const { settings, topics, consumers } = readDeploymentFrom(editedFiles(files, edits), paths);
    // What stands in a consumer's file and is no setting of Kafka is among settings, and decides nothing.
    const used =
      subject === 'consumer'
        ? consumers.flatMap((each) => each.settings)
        : [...settings, ...topics.flatMap((topic) => topic.settings)];
    return used.some((each) => each.key === key && each.value === to && 'file' in each.origin);
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}
