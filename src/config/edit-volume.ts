/** A volume for a broker of a Compose file, as lines to put in: what keeps its log. */
import { brokerImage } from './compose-image.ts';
import type { Edit } from './edit.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

const indentOf = (line: string): number => /^ */.exec(line)![0].length;
const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);

/** Kafka's own, where an image leaves its file aside. */
const LOG_DIR = '/tmp/kafka-logs';

/**
 * Ways to mount a named volume where the service that begins at a place keeps its log: none if no
 * service in lines of its own begins there, or nobody knows its image.
 */
export function volumeWays(text: string, place: Place): Edit[][] {
  const lines = text.split('\n');
  const [, name] = /^ +["']?([\w.-]+)["']?:\s*(?:#.*)?$/.exec(lines[place.line - 1] ?? '') ?? [];
  const block = blockAfter(lines, place.line);
  const reference = block.flatMap((line) => /^ +image:\s*["']?([^\s"']+)/.exec(line)?.[1] ?? []);
  const image = reference[0] === undefined ? undefined : brokerImage(reference[0]);
  if (name === undefined || image === undefined) return [];
  return [image.logDir, LOG_DIR].map((dir) => [
    ...mounted(block, place, `${name}-data:${dir}`),
    ...declared(lines, place, `  ${name}-data:`),
  ]);
}

/** The lines that belong to the one with this number: those below it that stand further in. */
function blockAfter(lines: readonly string[], line: number): string[] {
  const rest = lines.slice(line);
  const depth = indentOf(lines[line - 1] ?? '');
  const end = rest.findIndex((each) => !isBlank(each) && indentOf(each) <= depth);
  return end < 0 ? rest : rest.slice(0, end);
}

/** The volume among those of the service, or as its first. */
function mounted(block: readonly string[], { file, line }: Place, volume: string): Edit[] {
  const indent = indentOf(block.find((each) => !isBlank(each)) ?? '');
  const isVolumes = (each: string): boolean => each.trimEnd() === `${' '.repeat(indent)}volumes:`;
  const own = block.findIndex(isVolumes);
  const item = block[own + 1] ?? '';
  const width = own >= 0 && /^ *- /.test(item) ? indentOf(item) : indent + 2;
  const entry = `${' '.repeat(width)}- ${volume}`;
  if (own >= 0) return [put({ file, line: line + own + 1 }, entry)];
  return [put({ file, line }, `${' '.repeat(indent)}volumes:`), put({ file, line }, entry)];
}

/** The volume among those of the file. */
function declared(lines: readonly string[], { file }: Place, entry: string): Edit[] {
  const known = lines.findIndex((each) => each.trimEnd() === 'volumes:');
  if (known >= 0) return [put({ file, line: known + 1 }, entry)];
  const last = { file, line: lines.at(-1) === '' ? lines.length - 1 : lines.length };
  return [put(last, 'volumes:'), put(last, entry)];
}

const put = (place: Place, after: string): Edit => ({ ...place, before: null, after });
