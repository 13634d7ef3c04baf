/** What else a check can be written as, a flag for each: several in one run if one likes. */
import type { Command } from 'commander';
import type { Results } from '../check/index.ts';
import { junitReport } from '../report/junit.ts';
import { markdownSummary } from '../report/markdown.ts';
import { sarifLog } from '../report/sarif.ts';
import { OutputError, writeOut } from './output.ts';

/** Format -> the file it goes to, `-` for the standard output. */
export type ExportFlags = Partial<Record<keyof typeof EXPORTS, string>>;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const EXPORTS = {
  json: { about: 'results.json, the source of every report', render: json },
  junit: { about: 'JUnit XML, a test case for each cell', render: junitReport },
  sarif: {
    about: 'SARIF 2.1.0, each broken cell on its line of configuration',
    render: (results: Results) => json(sarifLog(results)),
  },
  markdown: { about: 'Markdown for the summary of a pull request', render: markdownSummary },
} as const;

const FLAGS = Object.keys(EXPORTS) as (keyof typeof EXPORTS)[];

/** Adds the flags. @param without formats that the command has no use for. */
export function addExports(command: Command, without: readonly string[] = []): Command {
  for (const flag of FLAGS.filter((each) => !without.includes(each))) {
    command.option(`--${flag} <file>`, `write ${EXPORTS[flag].about}; - prints it`);
  }
  return command;
}

/**
 * Writes what was asked for.
 * @returns whether something was printed, and the files written.
 * @throws OutputError if two should be printed, or a file cannot be written.
 */
export function writeExports(
  results: Results,
  flags: ExportFlags,
): { printed: boolean; files: string[] } {
  const asked = FLAGS.filter((flag) => flags[flag] !== undefined);
  const printed = asked.filter((flag) => flags[flag] === '-');
  if (printed.length > 1) {
    throw new OutputError(
      `--${printed.join(' - and --')} - cannot both be printed; name a file for one of them.`,
    );
  }
  for (const flag of asked) writeOut(flags[flag]!, EXPORTS[flag].render(results));
  return {
    printed: printed.length > 0,
    files: asked.filter((flag) => flags[flag] !== '-').map((flag) => flags[flag]!),
  };
}
