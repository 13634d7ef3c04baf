/**
 * Verdicts in the Static Analysis Results Interchange Format 2.1.0, which code hosts show beside the
 * lines of a change: one rule for each guarantee, one result for each broken cell, on the line of
 * configuration that tells most about it. Undecided cells are no results; they are notifications of
 * the run.
 *
 * Paths are relative to where the check was run: run it in the root of the repository.
 */
import { createHash } from 'node:crypto';
import { isAbsolute, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cell, Repair, Results } from '../check/index.ts';
import { brokenCells } from './argument.ts';
import { isOnlyByFindings } from './findings.ts';
import { groupName } from './groups.ts';
import { type Place, settingsBehind } from './settings-behind.ts';
import { listed } from './text.ts';
import { cellTitle, courseText, undecidedBecause } from './text-of-cell.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Where paths are counted from. */
const ROOT = '%SRCROOT%';

/** The log, as data for `JSON.stringify`. */
export function sarifLog(results: Results) {
  const { tool, guarantees, cells } = results;
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            informationUri: `pkg:npm/${tool.name}@${tool.version}`,
            rules: guarantees.map((guarantee) => ruleOf(guarantee, tool)),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: cells
              .filter(({ verdict }) => verdict === 'undecided')
              .map(notificationOf),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: brokenCells(results).map((cell) => resultOf(cell, results)),
      },
    ],
  };
}

function ruleOf(
  { name, means, required }: Results['guarantees'][number],
  tool: Results['tool'],
): object {
  return {
    id: name,
    shortDescription: { text: sentence(means) },
    help: { text: `${sentence(means)} The report says how it can be broken, step by step.` },
    helpUri: `pkg:npm/${tool.name}@${tool.version}#docs/check-your-own-deployment.md`,
    defaultConfiguration: { level: required ? 'error' : 'note' },
  };
}

function resultOf(cell: Cell, results: Results): object {
  const { guarantee, required } = cell;
  const { main, others } = settingsBehind(cell, results);
  const settings = [main, ...others].map(({ text }) => text);
  const text = [
    `${cellTitle(cell)}: ${groupName(cell)}.`,
    courseText(cell),
    ...(isOnlyByFindings(cell)
      ? [`With ${listed(cell.withRepairs!.findings)} repaired it holds: no setting mends it.`]
      : []),
    ...(settings.length > 0 ? [`Settings behind it: ${settings.join('; ')}.`] : []),
  ].join('\n');
  return {
    ruleId: guarantee,
    ruleIndex: results.guarantees.findIndex(({ name }) => name === guarantee),
    level: required ? 'error' : 'note',
    message: { text },
    locations: [locationOf(main)],
    ...(others.length > 0 && {
      relatedLocations: others.map((place, i) => ({
        id: i + 1,
        ...locationOf(place),
        message: { text: place.text },
      })),
    }),
    ...(cell.repair?.edits?.length && { fixes: [fixOf(cell.repair)] }),
    partialFingerprints: { 'holdfast/v1': fingerprint(cell) },
  };
}

/** The repair as replacements of whole lines, and lines put behind others. */
function fixOf({ says, edits }: Repair): object {
  const files = [...new Set((edits ?? []).map(({ file }) => file))];
  return {
    description: { text: says },
    artifactChanges: files.map((file) => ({
      artifactLocation: uriOf(file),
      replacements: (edits ?? [])
        .filter((edit) => edit.file === file)
        .map(({ line, before, after }) =>
          before === null
            ? { deletedRegion: region(line + 1, 1), insertedContent: { text: `${after}\n` } }
            : { deletedRegion: region(line, before.length + 1), insertedContent: { text: after } },
        ),
    })),
  };
}

/** From the start of a line to before a column. */
const region = (line: number, endColumn: number): object => ({
  startLine: line,
  startColumn: 1,
  endLine: line,
  endColumn,
});

function notificationOf(cell: Cell): object {
  return {
    level: cell.required ? 'error' : 'warning',
    message: { text: `${cellTitle(cell)}: ${groupName(cell)}. ${undecidedBecause(cell)}` },
    associatedRule: { id: cell.guarantee },
  };
}

const locationOf = ({ file, line }: Place): object => ({
  physicalLocation: {
    artifactLocation: uriOf(file),
    region: { startLine: line },
  },
});

/** A relative path stays one, so that a log says the same on every machine. */
function uriOf(file: string): object {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const uri = normalize(file).replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: ROOT };
}

/** The same cell of the same deployment has it in every run, whatever lines moved. */
const fingerprint = ({ aspect, subjects, guarantee, faults }: Cell): string =>
  createHash('sha256')
    .update(JSON.stringify([aspect, subjects, guarantee, faults]))
    .digest('hex')
    .slice(0, 32);

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
