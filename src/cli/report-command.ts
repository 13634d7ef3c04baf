/** `holdfast report`: results.json as one page, for a browser. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { type Results, resultsSchema } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';
import { pageOf } from '../report/page.ts';
import { writeWhole } from './output.ts';

const DEFAULT = 'reports/index.html';

const EXAMPLES = `
Examples:
  $ holdfast check . --json results.json    then
  $ holdfast report results.json            writes ${DEFAULT}
  $ holdfast report results.json -o pages/orders.html
  $ holdfast check . --report ${DEFAULT}    both in one go
`;

export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Write what a check found as one HTML file: it needs no network and no other file.',
    )
    .argument('<results>', 'results.json, as holdfast check --json writes it')
    .option('-o, --output <file>', 'the page', DEFAULT)
    .addHelpText('after', EXAMPLES)
    .action((file: string, { output }: { output: string }) => {
      writeReport(output, readResults(file));
      process.stdout.write(`${output} is written.\n`);
    });
}

/** Writes the page of `results`, whole or not at all; the default's folder is made. */
export function writeReport(path: string, results: Results): void {
  if (path === DEFAULT) mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, pageOf({ results }));
}

function readResults(file: string): Results {
  const json = jsonOf(file);
  const read = resultsSchema.safeParse(json);
  // As it is: the schema would put its fields in another order, and the page would differ.
  if (read.success) return json as Results;
  const { path, message } = read.error.issues[0]!;
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new ConfigError(
    { file },
    `this is not the results.json of this version (${place}${message}); write it with holdfast check --json`,
  );
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ConfigError({ file }, `it cannot be read (${code}); check the path`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError({ file }, 'this is not JSON; write it with holdfast check --json');
  }
}
