/**
 * Bash. The line is split at blanks alone, because bash itself splits `--faults a=1,b` at `=`; what
 * is offered is then cut where bash will insert it.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in them is the shell's.
import type { CompletedCommand } from '../completion-command.ts';

export function bashScript(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap(({ name, options, values }) => {
    const offered = options.flatMap(({ names }) => names.filter((each) => each.startsWith('--')));
    const valued = options.filter((option) => option.values !== null);
    return [
      `    ${name})`,
      `      options='${offered.join(' ')}'`,
      ...(values.length > 0 ? [`      values='${values.join(' ')}'`] : ['      files=1']),
      '      case "$previous" in',
      ...valued.map((option) => {
        const list = option.isList ? ' list=1' : '';
        const what =
          option.values!.length > 0 ? ` values='${option.values!.join(' ')}'` : ' files=1';
        return `        ${option.names.join(' | ')}) options='' files=''${what}${list} ;;`;
      }),
      '      esac',
      '      ;;',
    ];
  });
  return [
    '# Completion of holdfast for bash.',
    '_holdfast() {',
    '  local line="${COMP_LINE:0:COMP_POINT}" words current previous before="" options="" values=""',
    '  local files="" list=""',
    '  read -ra words <<<"$line"',
    '  [[ "$line" == *[[:space:]] ]] && words+=("")',
    '  current="${words[-1]}" previous="${words[-2]:-}" COMPREPLY=()',
    '  if ((${#words[@]} <= 2)); then',
    `    values='${commands.map(({ name }) => name).join(' ')}' options='--help --version'`,
    '  else',
    '    case "${words[1]}" in',
    ...cases.map((line) => `  ${line}`),
    '    esac',
    '  fi',
    '  if [[ -n "$list" && "$current" == *,* ]]; then',
    '    before="${current%,*}," current="${current##*,}"',
    '  fi',
    '  [[ "$current" == -* ]] && values="$options" files=""',
    '  if [[ -n "$files" ]]; then',
    '    compopt -o filenames 2>/dev/null',
    '    mapfile -t COMPREPLY < <(compgen -f -- "$current")',
    '  else',
    '    mapfile -t COMPREPLY < <(compgen -W "$values" -P "$before" -- "$current")',
    '  fi',
    '  # Bash keeps what stands before the last = itself.',
    '  if [[ "$before$current" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then',
    '    local kept="$before$current" i',
    '    kept="${kept%"${kept##*=}"}"',
    '    for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]="${COMPREPLY[i]#"$kept"}"; done',
    '  fi',
    '}',
    'complete -F _holdfast holdfast',
    '',
  ].join('\n');
}
