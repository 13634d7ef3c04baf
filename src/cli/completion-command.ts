/** `holdfast completion`: a script by which a shell completes commands, options and their values. */
import { Argument, type Command, Command as Commander, type Option } from 'commander';
import { BOUNDS_NAMES, FAULT_NAMES, FINDING_IDS, GUARANTEE_NAMES } from '../check/index.ts';
import { FAULT_KINDS } from '../experiment/setting.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { zshScript } from './completion/zsh.ts';

/** An option as shells complete it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly names: readonly string[];
  readonly about: string;
  /** What may follow; empty: a file, or anything; null: nothing. */
  readonly values: readonly string[] | null;
  /** Several values, separated by commas. */
  readonly isList: boolean;
}

/** A command as shells complete it. */
export interface CompletedCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments may be; empty: files. */
  readonly values: readonly string[];
}

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
const SHELLS = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[];

/** Values that commander does not know: lists, checked by what parses them. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  '--faults': FAULT_NAMES.map((fault) => `${fault}=1`),
  '--require': GUARANTEE_NAMES,
  '--accept': [...FINDING_IDS, 'all'],
};
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  '--bounds': BOUNDS_NAMES,
  '--guarantee': GUARANTEE_NAMES,
  '--fault': FAULT_KINDS,
};

const EXAMPLES = `
Examples:
  $ source <(holdfast completion bash)      now; or keep it for every shell:
  $ holdfast completion bash > ~/.local/share/bash-completion/completions/holdfast
  $ holdfast completion zsh > "\${fpath[1]}/_holdfast"
  $ holdfast completion fish > ~/.config/fish/completions/holdfast.fish
`;

/** @param program whose commands are completed; they are looked at when the script is asked for. */
export function completionCommand(program: Command): Command {
  return new Commander('completion')
    .description('Print a script by which your shell completes commands and options.')
    .addArgument(new Argument('<shell>', 'yours').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SCRIPTS) => {
      process.stdout.write(SCRIPTS[shell](program.commands.map(completed)));
    });
}

function completed(command: Command): CompletedCommand {
  return {
    name: command.name(),
    about: command.description(),
    options: [...command.options, HELP].map(completedOption),
    values: command.registeredArguments[0]?.argChoices ?? [],
  };
}

type Described = Pick<Option, 'short' | 'long' | 'description' | 'argChoices' | 'required'>;

const HELP = { long: '--help', description: 'print this help', required: false } as Described;

function completedOption({ short, long, description, argChoices, required }: Described) {
  const name = long ?? '';
  return {
    names: [...(short ? [short] : []), name],
    about: description,
    values: required ? (argChoices ?? LISTS[name] ?? SINGLE[name] ?? []) : null,
    isList: name in LISTS,
  };
}
