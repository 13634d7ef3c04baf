/**
 * Verdicts as Markdown, for the summary of a pull request: what is unexpected first (broken or
 * undecided, and required), each with its course of events folded away, then the tables.
 */

import { doubtsOf } from '../check/doubts.ts';
import { type Cell, faultsText, type Results } from '../check/index.ts';
import { type Broken, brokenCells, budgetsOf, howFound, reasonsOf, storiesOf } from './argument.ts';
import { isOnlyByFindings } from './findings.ts';
import { groupName, groupsOf } from './groups.ts';
import { mermaidDiagram } from './mermaid.ts';
import { repairs } from './repair.ts';
import { settingsOf, settingText } from './settings-behind.ts';
import { styleFor } from './style.ts';
import { conclusionText, limitText } from './terminal.ts';
import { counted } from './text.ts';

/** The summary; lines end with a newline. */
export function markdownSummary(results: Results): string {
  const { name, kafkaVersion } = results.deployment;
  const required = brokenCells(results).filter((cell) => cell.required);
  const others = brokenCells(results).filter((cell) => !cell.required);
  const sections = [
    [`## Holdfast: ${escaped(name)} (Kafka ${escaped(kafkaVersion)})`],
    [conclusionText(results)],
    ...stories('Broken', required, results),
    ...undecided(results),
    ...groupsOf(results.cells).flatMap((cells) => table(cells, results)),
    ...stories('Also broken, not required', others, results),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function stories(title: string, cells: readonly Broken[], results: Results): string[][] {
  if (cells.length === 0) return [];
  return [[`### ${title}`], ...storiesOf(cells).map((story) => details(story, results))];
}

function details(cells: readonly Broken[], results: Results): string[] {
  const [{ counterexample }] = cells as [Broken];
  const { steps, components, length, shortest, evidence, replay } = counterexample;
  const broken = budgetsOf(cells).map(
    ([name, budgets]) => `<b>${html(name)}</b> is broken by ${html(budgets)}`,
  );
  const why = reasonsOf(cells);
  return [
    '<details>',
    `<summary>${broken.join('<br/>')}: ${html(groupName(cells[0]!))}, in ${counted(length, 'step')}</summary>`,
    '',
    `${counted(length, 'step')}; ${howFound(shortest)}.${byFindings(cells[0]!)}`,
    '',
    ...steps.map(({ says }, i) => `${i + 1}. ${escaped(says.join(' '))}`),
    '',
    ...why.map((because) => `So ${escaped(because)}.`),
    '',
    ...evidence.map((line) => `- ${escaped(line)}`),
    '',
    '```mermaid',
    mermaidDiagram({ steps, components, because: why[0]! }).trimEnd(),
    '```',
    '',
    ...mended(cells),
    ...settingsOf(cells[0]!, results).map((setting) => `- ${escaped(settingText(setting))}`),
    '',
    '```sh',
    `holdfast explain ${replay}`,
    '```',
    '</details>',
  ];
}

/** The repairs, as the terminal tells them. */
function mended(cells: readonly Broken[]): string[] {
  const lines = repairs(cells, styleFor(false));
  if (lines.length === 0) return [];
  return ['```text', ...lines.map((line) => line.replaceAll('```', "'''")), '```', ''];
}

const byFindings = (cell: Cell): string =>
  isOnlyByFindings(cell)
    ? ` Only by findings about the protocol itself (${cell.withRepairs!.findings.join(', ')}): with them repaired it holds.`
    : '';

function undecided({ cells }: Results): string[][] {
  const open = cells.filter(({ verdict }) => verdict === 'undecided');
  if (open.length === 0) return [];
  const lines = open.map((cell) => {
    const why = [...(cell.scope.limit ? [limitText(cell.scope)] : []), ...doubtsOf(cell)].join(' ');
    const mark = cell.required ? '' : ' (not required)';
    return `- **${escaped(cell.guarantee)}**${mark}, ${escaped(groupName(cell))}: ${escaped(why)}`;
  });
  return [['### Undecided, which is not the same as holding'], lines];
}

/** A line for each row of faults, a column for each guarantee that was asked, required ones first. */
function table(cells: readonly Cell[], results: Results): string[][] {
  const { aspect } = cells[0]!;
  const asked = results.guarantees.filter(({ name }) =>
    cells.some(({ guarantee }) => guarantee === name),
  );
  const columns = [
    ...asked.filter(({ required }) => required),
    ...asked.filter(({ required }) => !required),
  ];
  const rows = new Map(cells.map(({ faults }) => [faultsText(faults), faults]));
  const verdictOf = (name: string, faults: string): string => {
    const cell = cells.find(
      (each) => each.guarantee === name && faultsText(each.faults) === faults,
    );
    return cell ? word(cell) : '';
  };
  const line = (entries: readonly string[]): string => `| ${entries.join(' | ')} |`;
  const summary = results.deployment.subjects.find(
    (subject) => subject.aspect === aspect && subject.name === cells[0]!.subjects[0],
  )?.summary;
  return [
    [`### ${escaped(groupName(cells[0]!))}`],
    [escaped(summary ?? '')],
    [
      line(['', ...columns.map(({ name, required }) => (required ? `**${name}**` : name))]),
      line(['---', ...columns.map(() => '---')]),
      ...[...rows.keys()].map((faults) =>
        line([faults, ...columns.map(({ name }) => verdictOf(name, faults))]),
      ),
    ],
    [
      `In bold what is required; an empty place was not asked. Explored within ` +
        `\`--bounds ${results.options.bounds}\`: ${escaped(results.options.within[aspect] ?? '')}.`,
    ],
  ];
}

function word(cell: Cell): string {
  const mark = cell.verdict === 'holds' || !cell.required ? cell.verdict : `**${cell.verdict}**`;
  return isOnlyByFindings(cell) ? `${mark} (finding)` : mark;
}

/** Text from files and models, as Markdown that shows it and nothing else. */
const escaped = (text: string): string => html(text.replaceAll(/[\\`*_[\]|~#]/g, '\\$&'));

const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ');
