/** The settings that verdicts depend on, each with where it comes from. */
import type { Results } from '../check/index.ts';
import type { Style } from './style.ts';
import { WIDTH } from './text.ts';

type Setting = Results['deployment']['settings'][number];

/** Longer values push their origin to the right instead of widening the column. */
const VALUE_WIDTH = 10;

/** Settings by whose they are, each once. */
export function settings({ deployment }: Results, style: Style): string[] {
  const all = deployment.subjects.flatMap((subject) => subject.settings);
  const unique = [...new Map(all.map((setting) => [JSON.stringify(setting), setting])).values()];
  const subjects = [...new Set(unique.map(({ subject }) => subject))];
  return [
    style.heading('Settings'),
    ...subjects.flatMap((subject) => {
      const own = unique.filter((setting) => setting.subject === subject);
      const keyWidth = Math.max(...own.map(({ key }) => key.length));
      return [`  ${subject}`, ...own.flatMap((setting) => lineOf(setting, keyWidth, style))];
    }),
  ];
}

function lineOf({ key, value, origin }: Setting, keyWidth: number, style: Style): string[] {
  const from = 'file' in origin ? `${origin.file}:${origin.line}` : `default (${origin.default})`;
  const head = `    ${key.padEnd(keyWidth)}  ${value.padEnd(VALUE_WIDTH)}`;
  return head.length + 2 + from.length <= WIDTH
    ? [`${head}  ${style.dim(from)}`]
    : [head.trimEnd(), `      ${style.dim(from)}`];
}
