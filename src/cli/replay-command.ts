/** `holdfast replay`: the events behind a token, told once more. */
import { Command } from 'commander';
import { replayToken } from '../check/index.ts';
import { numbered, wrapped } from '../report/text.ts';

const EXAMPLES = `
Examples:
  $ holdfast replay hf1-...                 a token, as a report prints it
  $ holdfast explain hf1-...                the same, with what each step makes false
`;

export function replayCommand(): Command {
  return new Command('replay')
    .description('Tell once more how a counterexample goes.')
    .argument('<token>', 'as a report prints it')
    .addHelpText('after', EXAMPLES)
    .action((token: string) => {
      const { settings, steps, evidence } = replayToken(token);
      const lines = [
        ...wrapped(settings),
        '',
        ...numbered(steps),
        '',
        ...evidence.flatMap((line) => wrapped(line, '  ')),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}
