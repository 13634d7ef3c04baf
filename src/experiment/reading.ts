/**
 * What an experiment's numbers say, in sentences: each is computed, and left out where the rows do not
 * bear it. What agrees with the paper is said the same way as what does not.
 */
import { counted, grouped, listed } from '../report/text.ts';
import {
  acknowledgedLoss,
  batchBusy,
  OUTPUT_PHASES,
  outputPhase,
  PHASE_WORDS,
  percent,
  recoveryTime,
  settingWords,
  shown,
  throughput,
  variedSettings,
  WRITE_PHASES,
  writePhase,
} from './measures.ts';
import { type PaperLine, TABLE_2 } from './paper.ts';
import type { ExperimentRow } from './row.ts';
import type { Sensitivity } from './sensitivity.ts';
import {
  FAULT,
  figuresOf,
  figuresOver,
  groupsOf,
  levelsOf,
  type Measure,
  meanOf,
  settingOf,
} from './statistics.ts';
import { banded, recoverySensitivity } from './tables.ts';

/** Paragraphs, the comparison with the paper first. */
export function readingOf(rows: readonly ExperimentRow[]): string[] {
  const faults = groupsOf(rows, [FAULT]).map(({ key, rows: members }) => ({
    fault: String(key[FAULT]),
    rows: members,
  }));
  return [
    ...faults.map(({ fault, rows: members }) => comparison(fault, members)),
    ...faults.map(({ fault, rows: members }) => lossTold(fault, members)),
    ...faults.map(({ fault, rows: members }) => dominance(fault, members)),
    ...faults.map(({ fault, rows: members }) => workersTold(fault, members)),
    ...recoverySensitivity(rows).map(({ fault, found }) => decidedBy(fault, found)),
    intervalTold(rows),
  ].filter((text) => text !== '');
}

/** What runs tell that were made to see what is lost. */
export const lossReadingOf = (rows: readonly ExperimentRow[]): string[] =>
  groupsOf(rows, [FAULT]).map(({ key, rows: members }) => lossTold(String(key[FAULT]), members));

/** Which settings the recovery time hangs on. */
function decidedBy(fault: string, { effects, rests }: Sensitivity): string {
  const deciding = effects.filter(({ share }) => share >= 0.01);
  const others = effects.filter(({ share }) => share < 0.01);
  const told = [
    ...deciding.map(({ setting, share }) => `${settingWords(setting)} ${percent(share)}`),
    ...rests.map(({ says, share }) => `${says} ${percent(share)}`),
  ];
  const names = listed(others.map(({ setting }) => settingWords(setting)));
  const rest = others.length > 0 ? ` Below 1 % each: ${names}.` : '';
  return `${fault}: the variance of the recovery time is explained by ${listed(told)}.${rest}`;
}

/** Whether some combination of settings gives what the paper says, and what the mean is. */
function comparison(fault: string, rows: readonly ExperimentRow[]): string {
  const paper = TABLE_2.find((line) => line.fault === fault);
  if (!paper) return '';
  const unrecovered = rows.filter(({ result }) => !result.recovered).length;
  return [
    `${fault}.`,
    compared('Recovery takes', recoveryTime, (line) => line.recoverySeconds, 's', rows, paper),
    compared(
      'Throughput is',
      throughput,
      (line) => line.messagesPerSecond,
      'messages/s',
      rows,
      paper,
    ),
    unrecovered > 0
      ? `${counted(unrecovered, 'run')} of ${grouped(rows.length)} had not recovered at the end.`
      : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function compared(
  says: string,
  measure: Measure,
  paperOf: (line: PaperLine) => number,
  unit: string,
  rows: readonly ExperimentRow[],
  line: PaperLine,
): string {
  const figures = figuresOver(rows, measure);
  if (!figures) return '';
  const byCell = new Map<number, ExperimentRow[]>();
  for (const row of rows) byCell.set(row.cell, [...(byCell.get(row.cell) ?? []), row]);
  const cells = [...byCell.values()].flatMap((own) => meanOf(own.map(measure)) ?? []);
  const [least, most] = [Math.min(...cells), Math.max(...cells)];
  const paper = paperOf(line);
  const place =
    paper < least
      ? 'less than any combination of settings gives'
      : paper > most
        ? 'more than any combination of settings gives'
        : 'within what the combinations give';
  return (
    `${says} ${banded(figures)} ${unit} on average, by combination ${shown(least)} to ` +
    `${shown(most)}; the paper's ${shown(paper)} is ${place}.`
  );
}

/** How much acknowledged is lost, and under which values of which settings alone. */
function lossTold(fault: string, rows: readonly ExperimentRow[]): string {
  const losing = rows.filter((row) => acknowledgedLoss(row)! > 0);
  const paper = TABLE_2.find((line) => line.fault === fault);
  const said = paper ? ` The paper has ${paper.loss} "second".` : '';
  if (losing.length === 0) {
    return `${fault}: none of ${counted(rows.length, 'run')} lost an acknowledged message.${said}`;
  }
  const only = variedSettings(rows).flatMap((setting) => {
    const levels = [...new Set(losing.map((row) => settingOf(row, setting)))];
    return levels.length < levelsOf(rows, setting).length
      ? [`${settingWords(setting)} ${levels.join(' or ')}`]
      : [];
  });
  const where = only.length > 0 ? `, all of them with ${listed(only)}` : '';
  const lost = figuresOf(losing.map(acknowledgedLoss))!;
  return (
    `${fault}: ${counted(losing.length, 'run')} of ${grouped(rows.length)} lost acknowledged ` +
    `messages${where}: ${banded(lost)} on average.${said}`
  );
}

/** The phase that takes the most. */
function dominance(fault: string, rows: readonly ExperimentRow[]): string {
  const told = [
    largest(
      'until writes are acknowledged again',
      WRITE_PHASES.map((name) => [name, writePhase(name)]),
      rows,
    ),
    largest(
      'until the output is current again',
      OUTPUT_PHASES.map((name) => [name, outputPhase(name)]),
      rows,
    ),
  ].filter((text) => text !== '');
  return told.length > 0 ? `${fault}: of the time ${listed(told)}.` : '';
}

function largest(
  says: string,
  phases: readonly (readonly [name: string, measure: Measure])[],
  rows: readonly ExperimentRow[],
): string {
  const means = phases.map(([name, measure]) => ({
    name,
    mean: meanOf(rows.map(measure)) ?? 0,
  }));
  const whole = means.reduce((sum, { mean }) => sum + mean, 0);
  if (whole === 0) return '';
  const { name, mean } = means.reduce((a, b) => (b.mean > a.mean ? b : a));
  return `${says} most goes to ${wordsOf(name)} (${percent(mean / whole)})`;
}

/** What more workers change, phase by phase. */
function workersTold(fault: string, rows: readonly ExperimentRow[]): string {
  const told = OUTPUT_PHASES.flatMap((phase) => {
    const change = changeOf(rows, 'workers', outputPhase(phase));
    return change ? [`${wordsOf(phase)} goes from ${change} s`] : [];
  });
  const levels = 'workers' in (rows[0]?.settings ?? {}) ? levelsOf(rows, 'workers') : [];
  if (told.length === 0 || levels.length < 2) return '';
  return `${fault}, from ${levels[0]} to ${levels.at(-1)} workers: ${listed(told)}.`;
}

/** What a longer interval of checkpoints costs and saves. */
function intervalTold(rows: readonly ExperimentRow[]): string {
  const busy = changeOf(rows, 'triggerSeconds', batchBusy);
  const recovery = changeOf(rows, 'triggerSeconds', recoveryTime);
  if (!busy || !recovery) return '';
  const levels = levelsOf(rows, 'triggerSeconds');
  return (
    `Between checkpoints every ${levels[0]} s and every ${levels.at(-1)} s, the time in which a batch ` +
    `is under way goes from ${busy} %, and the recovery time from ${recovery} s.`
  );
}

/** The means at the first and the last value of a setting; null where it is not varied. */
function changeOf(
  rows: readonly ExperimentRow[],
  setting: string,
  measure: Measure,
): string | null {
  if (!variedSettings(rows).includes(setting)) return null;
  const groups = groupsOf(rows, [setting]);
  const [first, last] = [groups[0]!, groups.at(-1)!].map((group) =>
    meanOf(group.rows.map(measure)),
  );
  if (first == null || last == null || (first === 0 && last === 0)) return null;
  return `${shown(first)} to ${shown(last)}`;
}

const wordsOf = (phase: string): string => PHASE_WORDS[phase] ?? phase;
