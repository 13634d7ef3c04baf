/** The command. */
import { Command, CommanderError } from 'commander';
import { toolVersion } from '../check/index.ts';
import { ConfigError } from '../config/index.ts';
import { PageError } from '../report/page.ts';
import { TokenError } from '../schedulers/token.ts';
import { checkCommand, EXIT } from './check-command.ts';
import { explainCommand } from './explain-command.ts';
import { OutputError } from './output.ts';
import { replayCommand } from './replay-command.ts';
import { reportCommand } from './report-command.ts';

const program = new Command('holdfast')
  .description(
    'Proves which guarantees of a Kafka deployment survive which faults, from the configuration ' +
      'files people already have, and shows the shortest way to break those that do not.',
  )
  .version(toolVersion(), '--version', 'print the version')
  .helpOption('--help', 'print this help')
  .addCommand(checkCommand())
  .addCommand(reportCommand())
  .addCommand(explainCommand())
  .addCommand(replayCommand());

for (const command of [program, ...program.commands]) {
  command.exitOverride().helpOption('--help', 'print this help');
  command.configureOutput({ outputError: (text, write) => write(oneSentence(text)) });
}
program.addHelpText(
  'after',
  '\nTry it:\n  $ holdfast check examples/production\n  $ holdfast check --help\n',
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
