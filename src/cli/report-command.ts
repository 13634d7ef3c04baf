/** `holdfast report`: results.json as one page for a browser, or as another format. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import type { Results } from '../check/index.ts';
import { pageOf } from '../report/page.ts';
import { addExports, type ExportFlags, writeExports } from './exports.ts';
import { writeWhole } from './output.ts';
import { readResults } from './results-file.ts';

const DEFAULT = 'reports/index.html';

const EXAMPLES = `
Examples:
  $ holdfast check . --json results.json    then
  $ holdfast report results.json            writes ${DEFAULT}
  $ holdfast report results.json -o pages/orders.html
  $ holdfast check . --report ${DEFAULT}    both in one go
  $ holdfast report results.json --junit junit.xml --sarif holdfast.sarif
                                            other formats, without the page
`;

export function reportCommand(): Command {
  const command = new Command('report')
    .description(
      'Write what a check found as one HTML file: it needs no network and no other file.',
    )
    .argument('<results>', 'results.json, as holdfast check --json writes it')
    .option('-o, --output <file>', `the page (default: ${DEFAULT})`)
    .addHelpText('after', EXAMPLES)
    .action((file: string, { output, ...flags }: ExportFlags & { output?: string }) => {
      const results = readResults(file);
      const { printed, files } = writeExports(results, flags);
      const page = output ?? (printed || files.length > 0 ? null : DEFAULT);
      if (page !== null) writeReport(page, results);
      const written = [...files, ...(page === null ? [] : [page])];
      if (!printed) process.stdout.write(written.map((each) => `${each} is written.\n`).join(''));
    });
  return addExports(command, ['json']);
}

/** Writes the page of `results`, whole or not at all; the default's folder is made. */
export function writeReport(path: string, results: Results): void {
  if (path === DEFAULT) mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, pageOf({ results }));
}
