/** Tables of an experiment: the paper's beside what the models give, and what decides recovery. */
import {
  acknowledgedLoss,
  acknowledgement,
  endToEnd,
  outputTime,
  percent,
  recoveryTime,
  settingWords,
  shown,
  throughput,
  variedSettings,
} from './measures.ts';
import { type PaperLine, TABLE_2 } from './paper.ts';
import type { ExperimentRow } from './row.ts';
import { type Sensitivity, sensitivity } from './sensitivity.ts';
import { FAULT, type Figures, figuresOver, groupsOf, type Measure } from './statistics.ts';
import type { TableTold } from './told.ts';

/** Only where a fault is the paper's is anything told of the paper. */
export const figuresTitle = (rows: readonly ExperimentRow[]): string =>
  TABLE_2.some((line) => rows.some(({ fault }) => fault === line.fault))
    ? "The paper's Table 2, and the same simulated"
    : 'Fault by fault';

/** Table 2: the paper's line of each fault above the simulated one. */
export function paperTable(rows: readonly ExperimentRow[]): TableTold {
  return {
    title: figuresTitle(rows),
    columns: [
      'Fault',
      'Figures',
      'Recovery (s)',
      'Output current again (s)',
      'Data loss',
      'Throughput (messages/s)',
      'Latency: until acknowledged (ms)',
      'until in the sink (ms)',
      'Runs',
      'Not recovered',
    ],
    rows: groupsOf(rows, [FAULT]).flatMap(({ key, rows: members }) => {
      const fault = String(key[FAULT]);
      const paper = TABLE_2.find((line) => line.fault === fault);
      const simulated = simulatedLine(fault, members);
      return paper ? [paperLine(paper), simulated] : [simulated];
    }),
  };
}

/** Latency of what, and the unit of the loss: as the paper has them. */
const paperLine = (line: PaperLine): TableTold['rows'][number] => [
  line.fault,
  'the paper',
  shown(line.recoverySeconds),
  null,
  `${line.loss} "second"`,
  shown(line.messagesPerSecond),
  `${line.latencyMs}, of what is not said`,
  null,
  null,
  null,
];

const simulatedLine = (
  fault: string,
  rows: readonly ExperimentRow[],
): TableTold['rows'][number] => {
  const of = (measure: Measure): string => banded(figuresOver(rows, measure));
  return [
    fault,
    'simulated: mean (95 % band)',
    of(recoveryTime),
    of(outputTime),
    `${of(acknowledgedLoss)} acknowledged messages`,
    of(throughput),
    `${of(acknowledgement)}, mean of medians`,
    of(endToEnd),
    rows.length,
    rows.filter(({ result }) => !result.recovered).length,
  ];
};

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
