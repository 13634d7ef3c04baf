/**
 * Changed settings as changed lines of the files they stand in. A line is offered only after reading
 * the changed files gave the wanted value.
 */
import { type Deployment, type Origin, readDeploymentFrom, type Setting } from './deployment.ts';
import { volumeWays } from './edit-volume.ts';
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

/** Changed lines, and what none of them could say. */
export interface Lines {
  /** Null unless they say all that is wanted. */
  readonly edits: Edit[] | null;
  /** What is left to do by hand, for no changed line of the files says it. */
  readonly byHand: WantedSetting[];
}

/** Larger files are no configuration; reading has refused them before. */
const MOST_BYTES = 2 ** 24;
const MOST_LINES = MOST_BYTES;

/**
 * The lines to change so that the files say what is wanted.
 *
 * @param paths what the deployment was read from.
 * @param subjects whom the settings are changed for: where brokers have no file, topics that have a
 *   configuration of their own can say it.
 */
export function editsFor(
  files: Files,
  paths: readonly string[],
  deployment: Deployment,
  wanted: readonly WantedSetting[],
  subjects: readonly string[] = [],
): Lines {
  const edits: Edit[] = [];
  const byHand: WantedSetting[] = [];
  for (const setting of wanted) {
    const own = waysOf(setting, files, deployment).find((way) =>
      isRead(files, paths, [...edits, ...way], setting),
    );
    const way = own ?? waysOfTopics(setting, subjects, { files, paths, deployment, edits });
    if (way) edits.push(...way);
    else byHand.push(setting);
  }
  const said = (setting: WantedSetting): boolean =>
    isRead(files, paths, edits, setting) || saidByTopics(files, paths, edits, setting, subjects);
  return { edits: byHand.length === 0 && wanted.every(said) ? edits : null, byHand };
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

const lineAt = (files: Files, { file, line }: { file: string; line: number }): string =>
  textOf(files, file).split('\n')[line - 1] ?? '';

/** Whose settings every broker and controller has to say alike. */
const SHARED = ['broker', 'controller', 'cluster'];

/**
 * Edits that may do, each way by itself: the stated line; where none states it, one beside a setting
 * of the same subject. What every broker states is changed wherever it stands.
 */
function waysOf({ subject, key, from, to, origin }: WantedSetting, files: Files, now: Deployment) {
  const place = ({ file, line }: Edit): number => now.files.indexOf(file) * MOST_LINES + line;
  const everywhere = (edit: Edit, like: string): Edit[] =>
    SHARED.includes(subject)
      ? [edit, ...twinsOf(edit, like, files, now)].sort((a, b) => place(a) - place(b))
      : [edit];
  if ('file' in origin) {
    const before = lineAt(files, origin);
    const after = withValue(before, from, to);
    if (after !== null) return [everywhere({ ...origin, before, after }, before)];
    if (key === 'storage') return volumeWays(textOf(files, origin.file), origin);
  }
  return siblingsOf(subject, now).flatMap(({ origin: place, ...sibling }): Edit[][] => {
    const line = lineAt(files, place);
    const after = lineLike(line, sibling, { key, value: to });
    return after === null ? [] : [everywhere({ ...place, before: null, after }, line)];
  });
}

interface Stated extends Setting {
  readonly origin: { readonly file: string; readonly line: number };
}

/** Settings of a subject that stand in a file, the last first. */
const siblingsOf = (subject: string, { settings }: Deployment): Stated[] =>
  settings
    .filter((each): each is Stated => each.subject === subject && 'file' in each.origin)
    .reverse();

/** The same edit in all other places where a line says the same as `like`, whatever the value. */
function twinsOf(edit: Edit, like: string, files: Files, { files: read }: Deployment): Edit[] {
  const name = nameIn(like);
  if (name === null) return [];
  return read.flatMap((file) =>
    textOf(files, file)
      .split('\n')
      .flatMap((text, i): Edit[] => {
        const isOwn = file === edit.file && i + 1 === edit.line;
        if (isOwn || nameIn(text) !== name) return [];
        const after = indentOf(text) + edit.after.trimStart();
        return [{ file, line: i + 1, before: edit.before === null ? null : text, after }];
      }),
  );
}

const indentOf = (line: string): string => /^[\s-]*/.exec(line)![0];

/** The setting of Kafka that a line sets: a property, a map entry, a variable. */
const nameIn = (line: string): string | null =>
  /^[\s-]*(\w+(?:\.\w+)+|KAFKA_\w+)\s*[=:]/.exec(line)?.[1] ?? null;

/** What brokers call otherwise than topics do. */
const OF_TOPICS: Readonly<Record<string, string>> = {
  'log.flush.interval.messages': 'flush.messages',
  'log.cleanup.policy': 'cleanup.policy',
  'log.cleaner.delete.retention.ms': 'delete.retention.ms',
};

const topicKey = (key: string): string => OF_TOPICS[key] ?? key;

interface Reading {
  readonly files: Files;
  readonly paths: readonly string[];
  readonly deployment: Deployment;
  readonly edits: readonly Edit[];
}

/** A default of the brokers, said by each of the topics it counts for; null if one of them cannot. */
function waysOfTopics(
  { subject, key, to, origin }: WantedSetting,
  topics: readonly string[],
  { files, paths, deployment, edits }: Reading,
): Edit[] | null {
  if ('file' in origin || !SHARED.includes(subject)) return null;
  const wanted = { key: topicKey(key), value: to };
  const found: Edit[] = [];
  for (const topic of topics) {
    const edit = siblingsOf(`topic ${topic}`, deployment)
      .flatMap(({ origin: place, ...sibling }): Edit[] => {
        const after = lineLike(lineAt(files, place), sibling, wanted);
        return after === null ? [] : [{ ...place, before: null, after }];
      })
      .find((each) => {
        const all = [...edits, ...found, each];
        return saidByTopics(files, paths, all, { key, to }, [topic]);
      });
    if (!edit) return null;
    found.push(edit);
  }
  return topics.length > 0 ? found : null;
}

/** Does every one of the topics say it itself? */
function saidByTopics(
  files: Files,
  paths: readonly string[],
  edits: readonly Edit[],
  { key, to }: Pick<WantedSetting, 'key' | 'to'>,
  names: readonly string[],
): boolean {
  const topics = readAnew(files, paths, edits)?.topics ?? [];
  return names.every((name) =>
    topics.some(
      (topic) =>
        topic.name === name &&
        topic.settings.some(
          (each) => each.key === topicKey(key) && each.value === to && 'file' in each.origin,
        ),
    ),
  );
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
  const read = readAnew(files, paths, edits);
  if (!read) return false;
  const { settings, topics, consumers } = read;
  // What stands in a consumer's file and is no setting of Kafka is among settings, and decides nothing.
  const used =
    subject === 'consumer'
      ? consumers.flatMap((each) => each.settings)
      : [...settings, ...topics.flatMap((topic) => topic.settings)];
  const own = used.filter((each) => each.subject === subject && each.key === key);
  return own.some(({ value, origin }) => value === to && 'file' in origin);
}

/** The deployment of the files with the edits made; null if they cannot be used. */
function readAnew(
  files: Files,
  paths: readonly string[],
  edits: readonly Edit[],
): Deployment | null {
  try {
    return readDeploymentFrom(editedFiles(files, edits), paths);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
