/** The command. */
import { Command, CommanderError } from 'commander';
import { toolVersion } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';
import { PageError } from '../report/page.ts';
import { TokenError } from '../schedulers/token.ts';
import { checkCommand, EXIT } from './check-command.ts';
import { completionCommand } from './completion-command.ts';
import { experimentCommand } from './experiment-command.ts';
import { explainCommand } from './explain-command.ts';
import { initCommand } from './init-command.ts';
import { listCommand } from './list-command.ts';
import { OutputError } from './output.ts';
import { replayCommand } from './replay-command.ts';
import { reportCommand } from './report-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { sweepCommand } from './sweep-command.ts';
import { toleranceCommand } from './tolerance-command.ts';

const program = new Command('holdfast')
  .description(
    'Proves which guarantees of a Kafka deployment survive which faults, from the configuration ' +
      'files people already have, and shows the shortest way to break those that do not.',
  )
  .version(toolVersion(), '--version', 'print the version')
  .helpOption('--help', 'print this help')
  .addCommand(checkCommand())
  .addCommand(explainCommand())
  .addCommand(replayCommand())
  .addCommand(toleranceCommand())
  .addCommand(sweepCommand())
  .addCommand(experimentCommand())
  .addCommand(simulateCommand())
  .addCommand(reportCommand())
  .addCommand(initCommand())
  .addCommand(listCommand());
program.addCommand(completionCommand(program));

for (const command of [program, ...program.commands]) {
  command.exitOverride().helpOption('--help', 'print this help');
  command.configureOutput({ outputError: (text, write) => write(oneSentence(text)) });
}
program.addHelpText(
  'after',
  `
Try it:
  $ holdfast init && holdfast check .       your own files
  $ holdfast check examples/production      the shape that Kafka's documentation recommends
  $ holdfast check --help                   each command has examples
`,
);

/** Commander's error as one line: `error: unknown option '--fault' (Did you mean --faults?)`. */
function oneSentence(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ');
  return `holdfast: ${line}\n`;
}

/** Errors that say in one sentence what the caller can do. */
const isForCaller = (error: unknown): error is Error =>
  [ConfigError, OutputError, PageError, TokenError].some((kind) => error instanceof kind);

// Who reads from a pipe may stop before the end, as head does: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.unusable;
  } else if (isForCaller(error)) {
    process.stderr.write(`holdfast: ${error.message}\n`);
    process.exitCode = EXIT.unusable;
  } else {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `holdfast: an error inside Holdfast, not in your files. Please report it with this text:\n${told}\n`,
    );
    process.exitCode = EXIT.internal;
  }
}
