/** A machine's statechart as DOT, marked by what was taken of it. Graphviz lays it out. */
import {
  type ByScheduler,
  type EdgeReport,
  type MachineReport,
  type Standing,
  schedulers,
  standing,
} from '../coverage/schema.ts';
import { grouped } from './text.ts';

/** How each standing is called in the picture; what the colours say, the words say. */
const words: Readonly<Record<Standing, string>> = {
  sampled: 'sampled',
  'scenario only': 'by a scenario only',
  'search only': 'by search only',
  never: 'never',
};
const looks: Readonly<Record<Standing, string>> = {
  sampled: 'color="#1a7f37"',
  'scenario only': 'color="#0969da"',
  'search only': 'color="#9a6700"',
  never: 'color="#8c959f" style=dashed',
};
const FAULT = 'penwidth=2.5';

/** CSS class of a standing: `search-only`. */
const classOf = (one: Standing): string => one.replace(' ', '-');

/**
 * The statechart of a machine: a node a finite state, nested states in a box of their parent, an arrow
 * for all edges between two states that are alike in what was taken of them. Numbers are times taken by
 * search, walks and scenarios, in this order.
 *
 * Nodes and arrows carry classes for a style sheet: `state` or `edge`, the standing (`sampled`,
 * `scenario-only`, `search-only`, `never`), `healthy`, `fault`.
 */
export function statechartDot(id: string, { states, edges }: MachineReport): string {
  const nodes = states.map(({ name, healthy, visits }): Node => {
    const path = name.split('.');
    const one = standing(visits);
    const classes = ['state', classOf(one), ...(healthy ? ['healthy'] : [])].join(' ');
    const label = `${path.at(-1)}\n${countsOf(visits)}`;
    return {
      parents: path.slice(0, -1),
      line: `${quoted(name)} [label=${quoted(label)} class=${quoted(classes)} ${looks[one]}]`,
    };
  });
  return [
    `digraph ${quoted(id)} {`,
    '  rankdir=LR',
    '  node [shape=box style=rounded fontname="sans-serif" fontsize=11]',
    '  edge [fontname="sans-serif" fontsize=9]',
    ...nested(nodes, [], '  '),
    ...arrows(edges).map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
}

interface Node {
  readonly parents: readonly string[];
  readonly line: string;
}

/** The nodes below `parents`, each group of siblings in a cluster. */
function nested(nodes: readonly Node[], parents: readonly string[], indent: string): string[] {
  const depth = parents.length;
  const isBelow = (node: Node): boolean => parents.every((name, at) => node.parents[at] === name);
  const here = nodes.filter((node) => isBelow(node) && node.parents.length === depth);
  const deeper = nodes.filter((node) => isBelow(node) && node.parents.length > depth);
  const inner = [...new Set(deeper.map((node) => node.parents[depth]!))];
  return [
    ...here.map(({ line }) => indent + line),
    ...inner.flatMap((name) => {
      const path = [...parents, name];
      return [
        `${indent}subgraph ${quoted(`cluster_${path.join('.')}`)} {`,
        `${indent}  label=${quoted(name)} style=rounded fontname="sans-serif" fontsize=11`,
        ...nested(nodes, path, `${indent}  `),
        `${indent}}`,
      ];
    }),
  ];
}

/** One arrow for all edges with the same ends that were taken alike. */
function arrows(edges: readonly EdgeReport[]): string[] {
  const groups = new Map<string, EdgeReport[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, standing(edge.taken), edge.struck]);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].map((group) => {
    const [{ from, to, taken, struck }] = group as [EdgeReport];
    const one = standing(taken);
    const classes = ['edge', classOf(one), ...(struck ? ['fault'] : [])].join(' ');
    const said = struck ? `${words[one]}, in a fault` : words[one];
    const label = [...group.map(lineOf), `(${said})`].join('\n');
    const look = struck ? `${looks[one]} ${FAULT}` : looks[one];
    return `${quoted(from)} -> ${quoted(to)} [label=${quoted(label)} class=${quoted(classes)} ${look}]`;
  });
}

const lineOf = ({ event, guard, taken }: EdgeReport): string =>
  `${event}${guard === null ? '' : ` [${guard}]`} ${countsOf(taken)}`;

const countsOf = (counts: ByScheduler): string =>
  schedulers.map((one) => grouped(counts[one])).join(' / ');

/** A quoted string of DOT; a line break becomes `\n`. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
