/** Tables of an experiment: the paper's beside what the models give, and what decides recovery. */
import {
  acknowledgedLoss,
  acknowledgement,
  endToEnd,
  percent,
  recoveryTime,
  settingWords,
  shown,
  throughput,
  variedSettings,
} from './measures.ts';
import { TABLE_2 } from './paper.ts';
import type { ExperimentRow } from './row.ts';
import { type Sensitivity, sensitivity } from './sensitivity.ts';
import { FAULT, type Figures, figuresOf, groupsOf, type Measure } from './statistics.ts';
import type { TableTold } from './told.ts';

/** Table 2: a line a fault, each figure of the paper beside the simulated one. */
export function paperTable(rows: readonly ExperimentRow[]): TableTold {
  return {
    title: "The paper's Table 2, and the same simulated: mean (95 % band)",
    columns: [
      'Fault',
      'Recovery, paper (s)',
      'simulated (s)',
      'Data loss, paper ("second")',
      'simulated (acknowledged messages)',
      'Throughput, paper (messages/s)',
      'simulated (messages/s)',
      'Latency, paper (ms)',
      'until acknowledged, median (ms)',
      'until in the sink, median (ms)',
      'Runs',
      'not recovered',
    ],
    rows: groupsOf(rows, [FAULT]).map(({ key, rows: members }) => {
      const fault = String(key[FAULT]);
      const paper = TABLE_2.find((line) => line.fault === fault);
      const simulated = (measure: Measure): string => banded(figuresOf(members.map(measure)));
      return [
        fault,
        paper?.recoverySeconds ?? null,
        simulated(recoveryTime),
        paper?.loss ?? null,
        simulated(acknowledgedLoss),
        paper?.messagesPerSecond ?? null,
        simulated(throughput),
        paper?.latencyMs ?? null,
        simulated(acknowledgement),
        simulated(endToEnd),
        members.length,
        members.filter(({ result }) => !result.recovered).length,
      ];
    }),
  };
}

/** `12.3 (11.9 to 12.8)`; the band is left out where there is nothing between its ends. */
export function banded(figures: Figures | null): string {
  if (!figures) return '–';
  const { mean, low, high } = figures;
  return low === high ? shown(mean) : `${shown(mean)} (${shown(low)} to ${shown(high)})`;
}

/** What decides the recovery time, fault by fault; faults after which it never differs are left out. */
export function recoverySensitivity(
  rows: readonly ExperimentRow[],
): { fault: string; found: Sensitivity }[] {
  const settings = variedSettings(rows);
  return groupsOf(rows, [FAULT]).flatMap(({ key, rows: members }) => {
    const found = sensitivity(members, settings, recoveryTime);
    return found ? [{ fault: String(key[FAULT]), found }] : [];
  });
}

/** A line a fault and setting, the strongest setting first. */
export function sensitivityTable(rows: readonly ExperimentRow[]): TableTold {
  return {
    title: 'What decides the recovery time',
    columns: [
      'Fault',
      'Setting',
      'Share of the variance',
      'Mean recovery by value (s)',
      'Spread (s)',
    ],
    rows: recoverySensitivity(rows).flatMap(({ fault, found }) => [
      ...found.effects.map(({ setting, share, levels, spread }) => [
        fault,
        settingWords(setting),
        percent(share),
        levels.map(({ value, mean }) => `${value}: ${shown(mean)}`).join(', '),
        shown(spread),
      ]),
      ...found.rests.map(({ says, share }) => [fault, says, percent(share), '', '']),
    ]),
  };
}
