/** `holdfast check`: configuration files in, verdicts out, exit code by what was required. */
import { Command } from 'commander';
import { type CheckOptions, check, type Editor } from '../check/index.ts';
import { usingThreads } from '../check/pool.ts';
import { diskFiles, readDeployment } from '../config/disk.ts';
import { editsFor } from '../config/index.ts';
import { terminalReport } from '../report/terminal.ts';
import {
  parseBounds,
  parseFaults,
  parseFindings,
  parseGuarantees,
  wholeNumber,
} from './arguments.ts';
import { addExports, type ExportFlags, writeExports } from './exports.ts';
import { usesColor } from './output.ts';
import { watching } from './progress.ts';
import { writeReport } from './report-command.ts';

/** Exit codes by verdict; 2 is unusable input. */
export const EXIT = { holds: 0, broken: 1, unusable: 2, undecided: 3, internal: 70 } as const;

const MIB = 2 ** 20;

interface Typed extends Omit<CheckOptions, 'maxBytes'>, ExportFlags {
  readonly maxMemory?: number;
  readonly report?: string;
  readonly all?: boolean;
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  $ holdfast check .                        everything in this folder
  $ holdfast check server.properties orders.topic.properties producer.properties
  $ holdfast check kafka.yaml topic.yaml    Strimzi resources; also Compose files
  $ holdfast check . --faults brokerCrash=1,powerLoss=1
                                            does it survive both in one run?
  $ holdfast check . --require no-acked-loss --json results.json
                                            for CI: the exit code tells
  $ holdfast check . --junit junit.xml --sarif holdfast.sarif --markdown summary.md
                                            the same, for what shows tests and lines

Exit codes:
  0  everything required holds       2  unusable input or usage
  1  something required is broken    3  undecided: a limit was reached
`;

export function checkCommand(): Command {
  const command = new Command('check')
    .description('Say which guarantees of a Kafka deployment survive which faults.')
    .argument('<path...>', 'configuration files, or folders of them')
    .option('--faults <list>', 'check this budget only, as brokerCrash=1,powerLoss=1', parseFaults)
    .option('--require <list>', 'guarantees that must hold, instead of the usual', parseGuarantees)
    .option('--accept <list>', 'findings about Kafka itself not to count, or all', parseFindings)
    .option('--bounds <name>', 'how far to follow: tiny, small or large', parseBounds, 'small')
    .option('--max-states <n>', 'states of one exploration (default: 10 million)', wholeNumber(1))
    .option('--max-memory <MiB>', 'memory of one exploration (default: 4096)', wholeNumber(64))
    .option('--seed <n>', 'of random runs after a limit was reached', wholeNumber(0), 1)
    .option('--no-repair', 'do not look for changes of settings that mend what is broken')
    .option('--all', 'show every counterexample, also of what is not required')
    .option('--report <file>', 'write the report for a browser, one HTML file')
    .option('--no-color', 'print without colours, as in a pipe')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], typed: Typed) => {
      process.exitCode = await run(paths, typed);
    });
  return addExports(command);
}

async function run(paths: readonly string[], typed: Typed): Promise<number> {
  const { maxMemory, json, junit, sarif, markdown, report, all = false, color, ...options } = typed;
  const deployment = readDeployment(paths);
  const { onStart, done } = watching(process.stderr);
  const limits = maxMemory === undefined ? {} : { maxBytes: maxMemory * MIB };
  const edit: Editor = (wanted, subjects) =>
    editsFor(diskFiles, paths, deployment, wanted, subjects);
  const results = await usingThreads((runner) =>
    check(deployment, { ...options, ...limits }, { onStart, runner, edit }),
  ).finally(done);
  if (report !== undefined) writeReport(report, results);
  const flags = { json, junit, sarif, markdown } as ExportFlags;
  if (!writeExports(results, flags).printed) {
    const isColored = color && usesColor(process.stdout);
    process.stdout.write(terminalReport(results, { all, color: isColored }));
  }
  return EXIT[results.verdict];
}
