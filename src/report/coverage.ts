/** Coverage as text: small enough to be reviewed, the same bytes for the same models. */
import { pathsOf } from '../coverage/paths.ts';
import {
  type ByScheduler,
  type CoverageReport,
  type Standing,
  type StrikesReport,
  type SuiteReport,
  schedulers,
  standing,
} from '../coverage/schema.ts';
import { aligned, counted } from './text.ts';

const PREFACE = `Coverage of failure paths, as \`npm run coverage\` measures it.

The universe is the control graph of each machine, and what the exhaustive search reached in the cases
of a suite. The columns say how much of it the search, random walks and the written scenarios took.
What no search took cannot happen in any case of the suite.
`;

/** One character a cell. */
const marks: Readonly<Record<Standing, string>> = {
  sampled: '#',
  'scenario only': '+',
  'search only': 'o',
  never: '.',
};
const LEGEND = `${marks.sampled} walks struck then, ${marks['scenario only']} of walks and scenarios only a scenario, ${marks['search only']} it can strike, never sampled, ${marks.never} it cannot`;

export const coverageText = ({ suites }: CoverageReport): string =>
  [PREFACE, ...suites.map(suiteText)].join('\n');

function suiteText(suite: SuiteReport): string {
  const { name, about, cases, states, complete } = suite;
  const [never, search, scenario] = (['never', 'search only', 'scenario only'] as const).map(
    (one) => pathsOf(suite, one),
  );
  const bySearch = (kind: 'edges' | 'failurePaths'): string[] => [
    ...search![kind],
    ...scenario![kind].map((path) => `${path} (a scenario does)`),
  ];
  const seen = `${counted(cases, 'case')}, ${counted(states, 'state')}`;
  const end = complete ? 'each searched to its end' : 'NOT all searched to their ends';
  return `${[
    `== ${name}: ${about} ==`,
    `${seen}, ${end}.`,
    machineTable(suite),
    ...list('Edges never taken', never!.edges),
    ...list('Edges that no walk took', bySearch('edges')),
    ...list('Failure paths never followed', never!.failurePaths),
    ...list('Failure paths that no walk followed', bySearch('failurePaths')),
    ...list('Stimuli never given', suite.neverFired),
    ...suite.strikes.map(strikesTable),
    claimTable(suite),
  ].join('\n\n')}\n`;
}

const list = (heading: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [[`${heading}:`, ...items.map((item) => `  ${item}`)].join('\n')];

const machineTable = ({ machines }: SuiteReport): string =>
  table(
    ['Machine', 'edges', ...schedulers, 'failure paths', ...schedulers],
    Object.entries(machines).map(([id, { edges, failurePaths }]) => [
      id,
      ...tally(edges),
      ...tally(failurePaths),
    ]),
  );

/** How many there are, and how many each scheduler took. */
const tally = (all: readonly { readonly taken: ByScheduler }[]): string[] => [
  `${all.length}`,
  ...schedulers.map((one) => `${all.filter(({ taken }) => taken[one] > 0).length}`),
];

const strikesTable = ({ of, phases, rows }: StrikesReport): string =>
  `Faults by phase of ${of}\n(${LEGEND}):\n${table(
    ['', ...phases],
    rows.map(({ fault, stimulus, cells }) => [
      `${fault}: ${stimulus}`,
      ...cells.map((cell) => marks[standing(cell)]),
    ]),
  )}`;

/** Walks and scenarios say nothing of what stays reachable. */
const claimTable = ({ claims }: SuiteReport): string =>
  table(
    ['Edges taken in runs that judged', ...schedulers],
    claims.map(({ name, modality, edges }) => [
      name,
      ...schedulers.map((one) =>
        modality === 'recovers' && one !== 'searched' ? '-' : `${edges[one]}`,
      ),
    ]),
  );

const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  aligned(
    [head, ...body].map((row) => row.map((text, column) => ({ text, right: column > 0 }))),
    '',
  ).join('\n');
