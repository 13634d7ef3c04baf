/** Fish: a line for each command and each option. */
import type { CompletedCommand, CompletedOption } from '../completion-command.ts';

export function fishScript(commands: readonly CompletedCommand[]): string {
  return [
    '# Completion of holdfast for fish.',
    'complete -c holdfast -n __fish_use_subcommand -l help -d "print this help"',
    'complete -c holdfast -n __fish_use_subcommand -l version -d "print the version"',
    ...commands.map(
      ({ name, about }) =>
        `complete -c holdfast -n __fish_use_subcommand -f -a ${name} -d ${quoted(about)}`,
    ),
    ...commands.flatMap(({ name, options, values }) => {
      const within = `complete -c holdfast -n '__fish_seen_subcommand_from ${name}'`;
      return [
        ...(values.length > 0 ? [`${within} -f -a ${quoted(values.join(' '))}`] : []),
        ...options.map((option) => `${within}${flags(option)} -d ${quoted(option.about)}`),
      ];
    }),
    '',
  ].join('\n');
}

function flags({ names, values, isList }: CompletedOption): string {
  const named = names
    .map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`))
    .join('');
  if (values === null) return named;
  if (values.length === 0) return `${named} -r -F`;
  const offered = quoted(values.join(' '));
  // What stands before the last comma is kept, and each value offered after it.
  const list = `'(__fish_complete_list , "printf %s\\\\\\\\n ${values.join(' ')}")'`;
  return `${named} -x -a ${isList ? list : offered}`;
}

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
