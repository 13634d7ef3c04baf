/** What is wrong with a setting or an experiment, as one sentence: the value, what there is, what to do. */
import { z } from 'zod';
import { didYouMean, quoted } from '../config/index.ts';

/**
 * The first thing that `schema` refuses in `content`.
 * @param whole what it is called where no member of it is at fault.
 */
export function issueText(
  { issues: [issue] }: z.ZodError,
  whole: string,
  schema: z.ZodType,
  content: unknown,
): string {
  const { path, message } = issue!;
  const name = path.join('.') || whole;
  const is = path.reduce<unknown>(memberOf, content);
  switch (issue!.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0]!;
      return `${quoted(key)} is no key of ${name}; ${didYouMean(key, keysAt(schema, path))}`;
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (is === undefined) return `${name} is missing; add one of ${values.join(', ')}`;
      if (typeof is !== 'string' && values.includes(String(is))) {
        return `${name} is the ${typeof is} ${is}; write it in quotes`;
      }
      return `${name} is ${shownValue(is)}; ${didYouMean(String(is), values)}`;
    }
    case 'invalid_type':
      if (is === undefined) return `${name} is missing; add it`;
      return `${name} is ${shownValue(is)}; expected ${EXPECTED[issue.expected] ?? issue.expected}`;
    case 'too_small':
    case 'too_big':
      if (typeof is !== 'number') return `${name} is empty; give at least one`;
      return (
        `${name} is ${is}; expected at ` +
        (issue.code === 'too_small' ? `least ${issue.minimum}` : `most ${issue.maximum}`)
      );
    case 'invalid_union':
      return `${name} is ${shownValue(is)}; expected a value, or { value, set: { path: value } }`;
    default:
      return `${name}: ${message}`;
  }
}

const memberOf = (object: unknown, key: PropertyKey): unknown =>
  (object as Record<PropertyKey, unknown> | null | undefined)?.[key];

const EXPECTED: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

function shownValue(is: unknown): string {
  if (Array.isArray(is)) return 'a list';
  if (is === null) return 'empty';
  return typeof is === 'object' ? 'a mapping' : quoted(String(is));
}

type Shape = z.core.JSONSchema.BaseSchema;

/** The keys that the schema knows under a path, read off its JSON Schema; of all alternatives. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const alternatives = (shape: Shape): Shape[] => [shape, ...(shape.anyOf ?? shape.oneOf ?? [])];
  const shapes = path.reduce<Shape[]>(
    (here, key) =>
      here.flatMap(({ properties, items, additionalProperties }) => {
        const next = properties?.[String(key)] ?? items ?? additionalProperties;
        return typeof next === 'object' && !Array.isArray(next) ? alternatives(next) : [];
      }),
    alternatives(z.toJSONSchema(schema, { io: 'input' })),
  );
  return [...new Set(shapes.flatMap(({ properties = {} }) => Object.keys(properties)))];
}
