/** `holdfast report`: what was found as one page for a browser, or as another format. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import type { Results } from '../check/index.ts';
import { pack } from '../report/packed.ts';
import { pageOf } from '../report/page.ts';
import type { Told } from '../report/told.ts';
import { addExports, type ExportFlags, writeExports } from './exports.ts';
import { OutputError, writeWhole } from './output.ts';
import { readCoverage, readMap, readResults, readTolerance } from './results-file.ts';

const DEFAULT = 'reports/index.html';

const EXAMPLES = `
Examples:
  $ holdfast check . --json results.json    then
  $ holdfast report results.json            writes ${DEFAULT}
  $ holdfast report results.json -o pages/orders.html
  $ holdfast check . --report ${DEFAULT}    both in one go
  $ holdfast report --map map.jsonl         a safety map alone
  $ holdfast report results.json --map map.jsonl --tolerance tolerance.json
  $ holdfast report results.json --junit junit.xml --sarif holdfast.sarif
                                            other formats, without the page
`;

interface Typed extends ExportFlags {
  readonly output?: string;
  readonly catalogue?: boolean | undefined;
  readonly coverage?: string | undefined;
  readonly map?: string | undefined;
  readonly tolerance?: string | undefined;
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description(
      'Write what a check found as one HTML file: it needs no network and no other file.',
    )
    .argument('[results]', 'results.json, as holdfast check --json writes it')
    .option('-o, --output <file>', `the page (default: ${DEFAULT})`)
    .option('--map <file>', 'with the safety map that holdfast sweep -o writes')
    .option('--tolerance <file>', 'with the frontiers that holdfast tolerance --json writes')
    .option('--catalogue', 'with a diagram of how each known-bad design is caught (a minute)')
    .option('--coverage <file>', 'with statecharts: coverage.json, as npm run coverage writes it')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, typed: Typed) => {
      const { output, catalogue, coverage, map, tolerance, ...flags } = typed;
      const told = { catalogue, coverage, map, tolerance };
      const results = resultsFor(file, told, flags);
      const { printed, files } = results === null ? NOTHING_WRITTEN : writeExports(results, flags);
      const page = output ?? (printed || files.length > 0 ? null : DEFAULT);
      if (page !== null) writeReport(page, results, await extras(told));
      const written = [...files, ...(page === null ? [] : [page])];
      if (!printed) process.stdout.write(written.map((each) => `${each} is written.\n`).join(''));
    });
  return addExports(command, ['json']);
}

const NOTHING_WRITTEN = { printed: false, files: [] } as const;

/**
 * The results to tell; null where a map or a tolerance is told alone.
 * @throws OutputError if nothing is there to tell, or another format is asked of what has no results.
 */
function resultsFor(
  file: string | undefined,
  { map, tolerance }: Typed,
  flags: ExportFlags,
): Results | null {
  if (file !== undefined) return readResults(file);
  if (map === undefined && tolerance === undefined) {
    throw new OutputError('report: name what to tell: results.json, --map or --tolerance.');
  }
  const [format] = Object.keys(flags);
  if (format !== undefined) {
    throw new OutputError(`report: --${format} tells of results; name results.json, too.`);
  }
  return null;
}

/** Writes the page of `results`, whole or not at all; the default's folder is made. */
export function writeReport(path: string, results: Results | null, more: Partial<Told> = {}): void {
  if (path === DEFAULT) mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, pageOf({ results, ...more }));
}

/** What is told on demand. What draws it is loaded on demand too: it is large. */
async function extras({ catalogue, coverage, map, tolerance }: Typed): Promise<Partial<Told>> {
  const told: { -readonly [K in keyof Told]?: Told[K] } = {};
  if (map !== undefined) told.map = pack(readMap(map));
  if (tolerance !== undefined) told.tolerance = readTolerance(tolerance);
  if (coverage !== undefined) {
    const { chartsOf } = await import('../report/charts.ts');
    told.coverage = pack(await chartsOf(readCoverage(coverage)));
  }
  if (catalogue) {
    const { designRuns } = await import('../report/designs.ts');
    told.designs = pack(designRuns());
  }
  return told;
}
