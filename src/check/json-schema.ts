/** The text of schema/results.schema.json: what other programs may rely on in results.json. */
import { z } from 'zod';
import { shortLists } from '../config/json-schema.ts';
import { resultsSchema } from './results.ts';

export function resultsJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(resultsSchema, { io: 'input' });
  const head = { $schema, title: 'results.json', description: DESCRIPTION };
  return `${shortLists(JSON.stringify({ ...head, ...rest }, null, 2))}\n`;
}

const DESCRIPTION =
  'What `holdfast check` found: guarantee x faults, each with verdict, scope and counterexample.';
