/** The settings that a verdict rests on, those that tell most about it first. */
import { type Cell, knownAspect, type Results } from '../check/index.ts';
import { changeText } from './repair.ts';

export type Setting = Results['deployment']['settings'][number];

/** A line of a file, and what stands there. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Whose settings are asked for, and where they stand. */
type Concerned = Pick<Cell, 'aspect' | 'subjects' | 'guarantee'> & Partial<Pick<Cell, 'repair'>>;
interface Described {
  readonly deployment: Pick<Results['deployment'], 'name' | 'files' | 'subjects'>;
}

/** `broker min.insync.replicas=1 (server.properties:8)` */
export const settingText = ({ subject, key, value, origin }: Setting): string =>
  'file' in origin
    ? `${subject} ${key}=${value} (${origin.file}:${origin.line})`
    : `${subject} ${key}=${value} (default, ${origin.default})`;

/** All settings of the cell's subjects, each once. */
export function settingsOf({ aspect, subjects }: Concerned, { deployment }: Described): Setting[] {
  const own = deployment.subjects
    .filter((subject) => subject.aspect === aspect && subjects.includes(subject.name))
    .flatMap(({ settings }) => settings);
  return [...new Map(own.map((setting) => [JSON.stringify(setting), setting])).values()];
}

/** Those of `settings` that could be safer where the cell's guarantee is concerned, as far as known. */
export const weakSettingsOf = (
  { aspect, guarantee }: Concerned,
  settings: readonly Setting[],
): Setting[] => knownAspect(aspect).weakSettings?.(guarantee, settings) ?? [];

/**
 * Where to look first, and where else. First comes what the repair changes, where one was found. Else
 * settings that could be safer where this guarantee
 * is concerned (a hint, not a verdict), written ones before defaults; then what
 * else is written. A default stands on no line: it points to the first line of the first file.
 */
export function settingsBehind(
  cell: Concerned,
  results: Described,
): { main: Place; others: Place[] } {
  const [main, ...others] = mendedPlaces(cell, results);
  if (main) return { main, others };
  return suspects(cell, results);
}

/** The lines that the repair changes, or puts something behind. */
function mendedPlaces({ repair }: Concerned, results: Described): Place[] {
  const edits = repair?.edits ?? [];
  return (repair?.changes ?? []).map((change, i): Place => {
    const text = changeText(change);
    if ('file' in change.origin) return { ...change.origin, text };
    const edit = edits[i] ?? edits[0];
    return edit ? { file: edit.file, line: edit.line, text } : { ...nowhere(results), text };
  });
}

function suspects(cell: Concerned, results: Described): { main: Place; others: Place[] } {
  const all = settingsOf(cell, results);
  const weak = weakSettingsOf(cell, all);
  const isWritten = ({ origin }: Setting): boolean => 'file' in origin;
  const ordered = [
    ...weak.filter(isWritten),
    ...weak.filter((setting) => !isWritten(setting)),
    ...all.filter((setting) => isWritten(setting) && !weak.includes(setting)),
  ];
  const places = ordered.map((setting) => placeOf(setting, results));
  const [main, ...others] = weak.length > 0 ? places.slice(0, weak.length) : places;
  return { main: main ?? nowhere(results), others };
}

function placeOf(setting: Setting, results: Described): Place {
  const { origin } = setting;
  const text = settingText(setting);
  return 'file' in origin ? { ...origin, text } : { ...nowhere(results), text };
}

/** The deployment as a whole. */
const nowhere = ({ deployment }: Described): Place => ({
  file: deployment.files[0] ?? '.',
  line: 1,
  text: deployment.name,
});
