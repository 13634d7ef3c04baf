/** `holdfast tolerance`: how many faults, and of which kinds, each guarantee survives. */
import { Command } from 'commander';
import { type ToleranceOptions, tolerance } from '../check/index.ts';
import { usingThreads } from '../check/pool.ts';
import { readDeployment } from '../config/disk.ts';
import { styleFor } from '../report/style.ts';
import { toleranceText } from '../report/tolerance.ts';
import {
  parseBounds,
  parseFaults,
  parseFindings,
  parseGuarantees,
  wholeNumber,
} from './arguments.ts';
import { EXIT } from './check-command.ts';
import { usesColor, writeOut } from './output.ts';
import { watching } from './progress.ts';

interface Typed extends ToleranceOptions {
  readonly faults?: Readonly<Record<string, number>>;
  readonly json?: string;
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  $ holdfast tolerance .                    every pair of faults, every required guarantee
  $ holdfast tolerance . --most 3 --faults brokerCrash,diskLoss
                                            only these kinds, three in one run
  $ holdfast tolerance . --require no-acked-loss --json tolerance.json
`;

export function toleranceCommand(): Command {
  return new Command('tolerance')
    .description('Find the frontier of faults that each guarantee survives.')
    .argument('<path...>', 'configuration files, or folders of them')
    .option('--most <n>', 'faults in one run', wholeNumber(1), 2)
    .option('--faults <list>', 'only these kinds, as brokerCrash,diskLoss', parseFaults)
    .option('--require <list>', 'these guarantees, instead of the usual', parseGuarantees)
    .option('--accept <list>', 'findings about Kafka itself not to count, or all', parseFindings)
    .option('--bounds <name>', 'how far to follow: tiny, small or large', parseBounds, 'tiny')
    .option('--max-states <n>', 'states of one exploration (default: 10 million)', wholeNumber(1))
    .option('--json <file>', 'write the frontiers; - prints them instead of the text')
    .option('--no-color', 'print without colours, as in a pipe')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], typed: Typed) => {
      process.exitCode = await run(paths, typed);
    });
}

async function run(paths: readonly string[], typed: Typed): Promise<number> {
  const { faults, json, color, ...options } = typed;
  const classes = faults && Object.keys(faults);
  const { onStart, done } = watching(process.stderr);
  const deployment = readDeployment(paths);
  const found = await usingThreads((runner) =>
    tolerance(deployment, { ...options, ...(classes && { classes }) }, { onStart, runner }),
  ).finally(done);
  if (json !== undefined) writeOut(json, `${JSON.stringify(found, null, 2)}\n`);
  if (json !== '-') {
    process.stdout.write(toleranceText(found, styleFor(color && usesColor(process.stdout))));
  }
  return found.frontiers.some(({ undecided }) => undecided.length > 0)
    ? EXIT.undecided
    : EXIT.holds;
}
