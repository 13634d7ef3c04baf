/** `holdfast experiment`: settings, faults and seeds in, one row a run out, and what they come to. */
import { Argument, Command } from 'commander';
import type { Shard } from '../sweep/grid.ts';
import { wholeNumber } from './arguments.ts';
import { parseShard } from './rows-output.ts';

/** What was typed. */
export interface ExperimentTyped {
  readonly output?: string;
  readonly seeds?: number;
  readonly cells?: number;
  readonly threads?: number;
  readonly shard?: Shard;
  readonly merge?: readonly string[];
  readonly from?: string;
  readonly csv?: string;
  readonly svg?: string;
  readonly report?: string;
  readonly markdown?: string;
  readonly list?: boolean;
}

const EXAMPLES = `
Examples:
  $ holdfast experiment --list                               what comes with Holdfast
  $ holdfast experiment paper --cells 12 --seeds 2           a quick look: 12 of 324 cells
  $ holdfast experiment paper -o rows.jsonl                  all of it; run it again to resume
  $ holdfast experiment paper --from rows.jsonl --report paper.html --csv paper.csv
  $ holdfast experiment mine.yaml --shard 2/4 -o part2.jsonl
  $ holdfast experiment mine.yaml --merge part*.jsonl -o rows.jsonl
`;

export function experimentCommand(): Command {
  return new Command('experiment')
    .description(
      'Run faults against settings on a virtual clock: recovery, loss, throughput, latency.',
    )
    .addArgument(new Argument('[name]', 'one of --list, or a YAML file'))
    .option('-o, --output <file>', 'the runs, JSON Lines; finished ones in it are kept')
    .option('--seeds <n>', 'runs of each cell and fault, instead of what it says', wholeNumber(1))
    .option('--cells <n>', 'only so many cells, spread over all', wholeNumber(1))
    .option('--threads <n>', 'threads (default: one a core)', wholeNumber(0))
    .option('--shard <i/n>', 'only every n-th cell, beginning with the i-th', parseShard)
    .option('--merge <file...>', 'join parts; a run that is there twice or missing is refused')
    .option('--from <file>', 'tell of the runs in a file, and run nothing')
    .option('--csv <file>', 'write the runs as CSV, a line a run; - prints it')
    .option('--svg <folder>', 'write the figures as SVG, and the numbers of each as CSV')
    .option('--report <file>', 'write one HTML file with figures, tables and what they say')
    .option('--markdown <file>', 'write tables and what they say as Markdown; - prints it')
    .option('--list', 'print the experiments that come with Holdfast')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, typed: ExperimentTyped) => {
      // Models and simulator are loaded for those who use them.
      const { experiment } = await import('./experiment.ts');
      process.exitCode = await experiment(name, typed);
    });
}
