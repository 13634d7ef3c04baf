import { z } from 'zod';
import { FAULTS, GUARANTEES, holdfastSchema } from './holdfast-schema.ts';

/** The text of schema/holdfast.schema.json: what an editor checks a holdfast.yaml against. */
export function holdfastJsonSchema(): string {
  const generated = z.toJSONSchema(holdfastSchema(GUARANTEES, FAULTS), { io: 'input' });
  const { $schema, ...rest } = generated;
  const head = { $schema, title: 'holdfast.yaml', description: DESCRIPTION };
  return `${shortLists(JSON.stringify({ ...head, ...rest }, null, 2))}\n`;
}

/** Puts lists of single values on one line where they fit, as the project's formatter does. */
export function shortLists(json: string): string {
  return json.replace(/^(.*)\[\n([^[\]{}]+)\n *\](,?)$/gm, (whole, before, items, comma) => {
    const line = `${before}[${items.trim().replace(/\n */g, ' ')}]${comma}`;
    return line.length <= 100 ? line : whole;
  });
}

const DESCRIPTION =
  'A Kafka and Spark deployment: the files that describe it, what they cannot say, what must ' +
  'hold ' +
  'and under which faults.';
