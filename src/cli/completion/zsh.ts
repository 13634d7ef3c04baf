/** Zsh: one `_arguments` a command, with what each option says of itself. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in them is the shell's.
import type { CompletedCommand, CompletedOption } from '../completion-command.ts';

export function zshScript(commands: readonly CompletedCommand[]): string {
  return [
    '#compdef holdfast',
    '# Completion of holdfast for zsh.',
    '_holdfast() {',
    '  local -a commands',
    '  commands=(',
    ...commands.map(
      ({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', '\\:')}`)}`,
    ),
    '  )',
    '  if ((CURRENT == 2)); then',
    "    _describe 'command' commands",
    "    _arguments '--help[print this help]' '--version[print the version]'",
    '    return',
    '  fi',
    '  local command="${words[2]}"',
    '  shift words',
    '  ((CURRENT--))',
    '  case "$command" in',
    ...commands.flatMap(({ name, options, values }) => [
      `    ${name})`,
      '      _arguments \\',
      ...options.flatMap(specs).map((spec) => `        ${quoted(spec)} \\`),
      `        ${quoted(values.length > 0 ? `*: :(${values.join(' ')})` : '*:file:_files')}`,
      '      ;;',
    ]),
    '  esac',
    '}',
    // Read as a file of functions it is called; read by `source` it is announced.
    'if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi',
    '',
  ].join('\n');
}

function specs({ names, about, values, isList }: CompletedOption): string[] {
  return names.map((name) => {
    const described = `${name}[${about.replaceAll(/[[\]]/g, '\\$&')}]`;
    if (values === null) return described;
    if (values.length === 0) return `${described}:file:_files`;
    const offered = values.join(' ');
    return isList
      ? `${described}:list:_sequence compadd - ${offered}`
      : `${described}:value:(${offered})`;
  });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
