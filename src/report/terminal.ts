/** The terminal report: results.json as text. It adds nothing and decides nothing. */

import { doubtsOf } from '../check/doubts.ts';
import { type Cell, faultsText, type Results } from '../check/index.ts';
import { courses } from './argument.ts';
import { findingsSection } from './findings.ts';
import { groupsOf } from './groups.ts';
import { matrices } from './matrix.ts';
import { settings } from './settings.ts';
import { type Style, styleFor } from './style.ts';
import { counted, grouped, listed, wrapped } from './text.ts';

export interface TerminalOptions {
  /** Colour the words (default false). */
  readonly color?: boolean;
  /** Show the counterexample of every broken cell, not only of those that had to hold. */
  readonly all?: boolean;
}

/** The report; lines end with a newline. */
export function terminalReport(results: Results, options: TerminalOptions = {}): string {
  const style = styleFor(options.color ?? false);
  const { name, kafkaVersion, behaviour } = results.deployment;
  const as = kafkaVersion.startsWith(behaviour) ? '' : `, checked as ${behaviour}`;
  const sections = [
    [style.heading(`${name} (Kafka ${kafkaVersion}${as})`)],
    settings(results, style),
    ...groupsOf(results.cells).flatMap((cells) => matrices(results, cells, style)),
    ...courses(results, style, options.all ?? false),
    ...findingsSection(results, style, options.all ?? false),
    undecided(results, style),
    notes(results, style),
    coverage(results),
    [...conclusion(results, style), took(results, style)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Why cells are undecided: each reason once. */
function undecided({ cells, options }: Results, style: Style): string[] {
  const reasons = cells
    .filter(({ verdict }) => verdict === 'undecided')
    .flatMap((cell) => [
      ...(cell.scope.limit ? [limitText(cell.scope)] : []),
      ...doubtsOf(cell).map((text) => `${cell.guarantee}, ${faultsText(cell.faults)}: ${text}`),
    ]);
  if (reasons.length === 0) return [];
  const advice = cells.some(({ scope }) => scope.limit?.startsWith('Stopped'))
    ? [
        `Raise --max-states, or use ${options.bounds === 'tiny' ? '' : '--bounds tiny or '}fewer faults.`,
      ]
    : [];
  const lines = [...new Set(reasons), ...advice].flatMap((text) => wrapped(text, '  '));
  return [style.undecided('Undecided, which is not the same as holding:'), ...lines];
}

/** Where a search stopped, and what was tried beyond. */
export function limitText({ faults, limit, sampled }: Cell['scope']): string {
  const budget = Object.entries(faults).map(([fault, count]) => `${fault}=${count}`);
  const tried = sampled
    ? ` ${counted(sampled.runs, 'random run')} beyond that (seed ${sampled.seed}) broke nothing more.`
    : '';
  return `${budget.join(', ') || 'no faults'}: ${limit}${tried}`;
}

function notes({ deployment, cells, notes: own }: Results, style: Style): string[] {
  const explored = cells.flatMap(({ warnings }) =>
    warnings.filter(({ kind }) => kind === 'explored-as').map(({ text }) => text),
  );
  const texts = [...new Set([...deployment.notes, ...own, ...explored])];
  if (texts.length === 0) return [];
  return [style.heading('Notes'), ...texts.flatMap((text) => wrapped(text, '  - '))];
}

/** What the explorations took of the control graphs, and what never happened, aspect by aspect. */
const coverage = ({ coverage: seen }: Results): string[] =>
  Object.entries(seen).flatMap(([aspect, own]) => coverageOf(aspect, own));

function coverageOf(aspect: string, seen: Results['coverage'][string]): string[] {
  const machines = Object.values(seen.machines);
  const edges = machines.flatMap((machine) => machine.edges);
  const paths = machines.flatMap((machine) => machine.failurePaths);
  const taken = (items: readonly { taken: number }[]): string =>
    `${grouped(items.filter((item) => item.taken > 0).length)} of ${grouped(items.length)}`;
  const never = seen.neverFired;
  const silent = never.length > 0 ? `; never happened: ${listed(never)}` : '';
  const text = `${taken(edges)} edges and ${taken(paths)} failure paths taken${silent}.`;
  return wrapped(text, `Coverage of ${aspect}: `);
}

const CONCLUSION = { holds: 'It holds.', broken: 'It does not hold.', undecided: 'Undecided.' };

/** The whole in a sentence or two. */
export function conclusionText({ verdict, cells, guarantees }: Results): string {
  const required = cells.filter((cell) => cell.required);
  const count = (wanted: Cell['verdict']): number =>
    required.filter((cell) => cell.verdict === wanted).length;
  const names = guarantees.filter((guarantee) => guarantee.required).map(({ name }) => name);
  const asked = `${counted(required.length, 'required cell')} (${listed(names)})`;
  const counts = (['holds', 'broken', 'undecided'] as const)
    .filter((each) => count(each) > 0)
    .map((each) => `${grouped(count(each))} ${each === 'holds' ? 'hold' : each}`);
  return `${CONCLUSION[verdict]} Of ${asked}: ${listed(counts) || 'none was checked'}.`;
}

function conclusion(results: Results, style: Style): string[] {
  const [first, ...rest] = wrapped(conclusionText(results));
  const { length } = CONCLUSION[results.verdict];
  return [style[results.verdict](first!.slice(0, length)) + first!.slice(length), ...rest];
}

/** The only line that differs between two runs. */
function took({ run }: Results, style: Style): string {
  const threads = run.workers > 0 ? ` on ${counted(run.workers, 'thread')}` : '';
  return style.dim(`Took ${run.seconds.toFixed(1)} s${threads}.`);
}
