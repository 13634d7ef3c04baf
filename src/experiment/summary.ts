/** What an experiment came to, as tables narrow enough for a terminal. */
import { grouped } from '../report/text.ts';
import {
  acknowledgedLoss,
  acknowledgement,
  endToEnd,
  OUTPUT_PHASES,
  outputPhase,
  outputTime,
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
import { TABLE_2 } from './paper.ts';
import type { ExperimentRow } from './row.ts';
import { type Sensitivity, sensitivity } from './sensitivity.ts';
import {
  FAULT,
  type Figures,
  figuresOf,
  figuresOver,
  groupsOf,
  type Measure,
  seedsOf,
} from './statistics.ts';
import { figuresTitle } from './tables.ts';
import type { TableTold } from './told.ts';

/** All of them; those that would say nothing are left out. */
export const summaryTables = (rows: readonly ExperimentRow[]): TableTold[] =>
  [
    figuresTable(rows),
    phasesTable(rows),
    decidingTable(rows),
    lossTable(rows),
    lossesBy(rows),
  ].filter((table) => table.rows.length > 0);

type Line = TableTold['rows'][number];

interface Scenario {
  readonly fault: string;
  readonly rows: readonly ExperimentRow[];
}

const scenariosOf = (rows: readonly ExperimentRow[]): Scenario[] =>
  groupsOf(rows, [FAULT]).map(({ key, rows: own }) => ({ fault: String(key[FAULT]), rows: own }));

const wholeAgain: Measure = ({ result }) => result.wholeAgain;

const MEASURES: readonly Measure[] = [
  recoveryTime,
  outputTime,
  wholeAgain,
  acknowledgedLoss,
  throughput,
  acknowledgement,
  endToEnd,
];

/** Table 2 of the paper beside the same simulated, where the faults are the paper's. */
function figuresTable(rows: readonly ExperimentRow[]): TableTold {
  const scenarios = scenariosOf(rows);
  return {
    title: figuresTitle(rows),
    columns: [
      'Fault',
      '',
      'Recovery (s)',
      'Output current (s)',
      'Whole again (s)',
      'Lost (messages)',
      'Messages/s',
      'To ack (ms)',
      'To sink (ms)',
      'Recovered',
    ],
    rows: scenarios.flatMap(({ fault, rows: own }): Line[] => {
      const paper = TABLE_2.find((line) => line.fault === fault);
      const of = MEASURES.map((measure) => figuresOver(own, measure));
      const back = own.filter(({ result }) => result.recovered).length;
      const numbers = (is: (figures: Figures) => string): string[] =>
        of.map((figures) => (figures ? is(figures) : '–'));
      return [
        ...(paper ? [[fault, 'the paper', ...paperNumbers(paper), '', '']] : []),
        [
          paper ? '' : fault,
          'mean',
          ...numbers(({ mean }) => shown(mean)),
          `${grouped(back)} of ${grouped(own.length)}`,
        ],
        ...(seedsOf(rows).length > 1 ? [['', '95 % band', ...numbers(bandText), '']] : []),
      ];
    }),
  };
}

const paperNumbers = (line: (typeof TABLE_2)[number]): string[] => {
  const { recoverySeconds, loss, messagesPerSecond, latencyMs } = line;
  const others = [messagesPerSecond, latencyMs].map(shown);
  // Its loss is printed in seconds.
  return [shown(recoverySeconds), '', '', `${shown(loss)} s`, ...others];
};

const bandText = ({ low, high }: Figures): string =>
  low === high ? shown(low) : `${shown(low)} to ${shown(high)}`;

/** What recovery goes into, mean seconds a phase; runs in which nothing stopped count as none. */
function phasesTable(rows: readonly ExperimentRow[]): TableTold {
  const phases: readonly [words: string, measure: Measure][] = [
    ...WRITE_PHASES.map((name): [string, Measure] => [name, writePhase(name)]),
    ...OUTPUT_PHASES.map((name): [string, Measure] => [
      PHASE_WORDS[name] ?? name,
      outputPhase(name),
    ]),
  ];
  return {
    title: 'What recovery goes into (mean seconds, where it was needed): writes, then output',
    columns: ['Fault', ...phases.map(([words]) => words)],
    rows: scenariosOf(rows).map(({ fault, rows: own }) => [
      fault,
      ...phases.map(([, measure]) => {
        const figures = figuresOf(own.map(measure));
        return figures ? shown(figures.mean) : '–';
      }),
    ]),
  };
}

/** Shares below this say nothing. */
const LEAST = 0.01;

/** Which recovery, and how long it took where it came. */
const RECOVERIES: readonly [says: string, measure: Measure][] = [
  ['writes are back', ({ result }) => (result.recovered ? (result.writes?.total ?? null) : null)],
  ['output is back', ({ result }) => (result.recovered ? (result.output?.total ?? null) : null)],
];

function decidingTable(rows: readonly ExperimentRow[]): TableTold {
  const settings = variedSettings(rows);
  return {
    title: 'What decides how long it takes',
    columns: ['Fault', 'until', 'Setting', 'Share', 'Mean by value (s)'],
    rows: scenariosOf(rows).flatMap(({ fault, rows: own }) =>
      RECOVERIES.flatMap(([says, measure]): Line[] => {
        const found = sensitivity(own, settings, measure);
        const lines = found ? sharesOf(found) : [];
        return lines.map(([name, share, by], at) => [
          ...(at === 0 ? [fault, says] : ['', '']),
          ...[name, percent(share), by],
        ]);
      }),
    ),
  };
}

/** Settings by their shares, then what is left; without those that say nothing. */
function sharesOf({ effects, rests }: Sensitivity): [name: string, share: number, by: string][] {
  const all: [string, number, string][] = [
    ...effects.map(({ setting, share, levels }): [string, number, string] => [
      settingWords(setting),
      share,
      levels.map(({ value, mean }) => `${value}: ${shown(mean)}`).join(', '),
    ]),
    ...rests.map(({ says, share }): [string, number, string] => [says, share, '']),
  ];
  return all.filter(([, share]) => share >= LEAST);
}

/** Messages a run, on average; how many runs lost any that were acknowledged. */
function lossTable(rows: readonly ExperimentRow[]): TableTold {
  const mean = (own: readonly ExperimentRow[], of: Measure): string =>
    shown(figuresOf(own.map(of))!.mean);
  return {
    title: 'What is lost, and what is there twice (messages a run, on average)',
    columns: [
      'Fault',
      'Acknowledged, lost',
      'in runs',
      'Given up, lost',
      'Read, then lost',
      'Twice in Kafka',
      'Twice in sink',
      'State as without fault',
    ],
    rows: scenariosOf(rows).map(({ fault, rows: own }) => {
      const count = (is: (row: ExperimentRow) => boolean): string =>
        `${grouped(own.filter(is).length)} of ${grouped(own.length)}`;
      return [
        fault,
        mean(own, acknowledgedLoss),
        count(({ result }) => result.loss.acknowledgedAndLost > 0),
        mean(own, ({ result }) => result.loss.unacknowledgedAndLost),
        mean(own, ({ result }) => result.loss.phantom),
        mean(own, ({ result }) => result.loss.duplicatedInKafka),
        mean(own, ({ result }) => result.loss.duplicatedInSink),
        count(({ result }) => result.stateIntact),
      ];
    }),
  };
}

/** Acknowledged losses by the settings that make a difference to them. */
function lossesBy(rows: readonly ExperimentRow[]): TableTold {
  const varied = variedSettings(rows);
  const effects = sensitivity(rows, varied, acknowledgedLoss)?.effects ?? [];
  const deciding = varied.filter((name) =>
    effects.some(({ setting, share }) => setting === name && share >= LEAST),
  );
  return {
    title: 'Acknowledged and lost, by the settings that decide it',
    columns: ['Fault', ...deciding.map(settingWords), 'Mean', '95 % band', 'in runs'],
    rows: groupsOf(rows, [FAULT, ...deciding]).flatMap(({ key, rows: own }): Line[] => {
      const losing = own.filter((row) => acknowledgedLoss(row)! > 0).length;
      if (losing === 0 || deciding.length === 0) return [];
      const figures = figuresOver(own, acknowledgedLoss)!;
      return [
        [
          String(key[FAULT]),
          ...deciding.map((name) => String(key[name])),
          shown(figures.mean),
          bandText(figures),
          `${grouped(losing)} of ${grouped(own.length)}`,
        ],
      ];
    }),
  };
}
