/** Coverage with its pictures: statecharts, laid out by Graphviz when the page is written. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { pathsOf } from '../coverage/paths.ts';
import type { CoverageReport, SuiteReport } from '../coverage/schema.ts';
import { statechartDot } from './statechart.ts';
import { counted } from './text.ts';
import type { CoverageTold } from './told.ts';

/** What coverage.json tells, drawn. */
export async function chartsOf({ suites }: CoverageReport): Promise<CoverageTold[]> {
  const graphviz = await Graphviz.load();
  return suites.map((suite) => ({
    about: suite.about,
    seen: seenText(suite),
    charts: Object.entries(suite.machines).map(([machine, report]) => ({
      machine,
      svg: svgOnly(graphviz.dot(statechartDot(machine, report))),
    })),
    strikes: suite.strikes,
    paths: pathLists(suite),
  }));
}

const seenText = ({ cases, states, complete }: SuiteReport): string =>
  `${counted(cases, 'case')}, ${counted(states, 'state')}, ` +
  `${complete ? 'each searched to its end' : 'not all searched to their ends'}.`;

function pathLists(suite: SuiteReport): CoverageTold['paths'] {
  const never = pathsOf(suite, 'never');
  const search = pathsOf(suite, 'search only');
  return [
    { title: 'Edges never taken', list: never.edges },
    { title: 'Edges that no walk and no scenario took', list: search.edges },
    { title: 'Failure paths never followed', list: never.failurePaths },
    { title: 'Failure paths that no walk and no scenario followed', list: search.failurePaths },
    { title: 'Stimuli never given', list: suite.neverFired },
  ].filter(({ list }) => list.length > 0);
}

/** The element alone: no XML head, no comments. */
const svgOnly = (document: string): string =>
  document.slice(document.indexOf('<svg')).replaceAll(/<!--[\s\S]*?-->\n?/g, '');
