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

/** What the colours say, the words say. Of what walks took nothing more is said. */
const words: Readonly<Record<Standing, string>> = {
  sampled: '',
  'scenario only': 'scenario only',
  'search only': 'search only',
  never: 'never',
};
const colours: Readonly<Record<Standing, string>> = {
  sampled: '#1a7f37',
  'scenario only': '#0969da',
  'search only': '#9a6700',
  never: '#6e7781',
};
/** From what was taken best to what was not taken. */
const order: readonly Standing[] = ['sampled', 'scenario only', 'search only', 'never'];

/** CSS class of a standing: `search-only`. */
const classOf = (one: Standing): string => one.replace(' ', '-');

/**
 * The statechart of a machine: a node a finite state, nested states in a box of their parent, an arrow
 * from a state to another with a line for each event; what stays in a state stands in its node.
 * Numbers are times taken by search, walks and scenarios, in this order.
 *
 * Nodes and arrows carry classes for a style sheet: `state` or `edge`, the standing of what was taken
 * best of it (`sampled`, `scenario-only`, `search-only`, `never`), `healthy`, `fault`.
 */
export function statechartDot(id: string, { states, edges }: MachineReport): string {
  const nodes = states.map(({ name, healthy, visits }): Node => {
    const path = name.split('.');
    const one = standing(visits);
    const classes = ['state', classOf(one), ...(healthy ? ['healthy'] : [])].join(' ');
    const inner = edges.filter(({ from, to }) => from === name && to === name);
    const label = `<B>${escaped(path.at(-1)!)}</B>${BREAK}${countsOf(visits)}${BREAK}${lines(inner)}`;
    return {
      parents: path.slice(0, -1),
      line: `${quoted(name)} [label=<${label}> class="${classes}" color="${colours[one]}"]`,
    };
  });
  return [
    `digraph ${quoted(id)} {`,
    '  node [shape=box style=rounded fontname="Arial" fontsize=11]',
    '  edge [fontname="Arial" fontsize=10]',
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
        `${indent}  label=${quoted(name)} style=rounded fontname="Arial" fontsize=11`,
        ...nested(nodes, path, `${indent}  `),
        `${indent}}`,
      ];
    }),
  ];
}

/** One arrow from a state to each other that edges lead to. */
function arrows(edges: readonly EdgeReport[]): string[] {
  const groups = new Map<string, EdgeReport[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to]);
    if (edge.from !== edge.to) groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].map((group) => {
    const { from, to } = group[0]!;
    const best = order.find((one) => group.some(({ taken }) => standing(taken) === one))!;
    const isFault = group.some(({ struck }) => struck);
    const classes = ['edge', classOf(best), ...(isFault ? ['fault'] : [])].join(' ');
    const look = `${best === 'never' ? ' style=dashed' : ''}${isFault ? ' penwidth=2.5' : ''}`;
    return `${quoted(from)} -> ${quoted(to)} [label=<${lines(group)}> class="${classes}" color="${colours[best]}"${look}]`;
  });
}

/** A line for each edge, in the colour of its standing. */
const lines = (edges: readonly EdgeReport[]): string =>
  edges
    .map(({ event, guard, taken, struck }) => {
      const one = standing(taken);
      const said = [words[one], struck ? 'fault' : ''].filter((word) => word !== '').join(', ');
      const text = `${event}${guard === null ? '' : ` [${guard}]`} ${countsOf(taken)}`;
      const line = escaped(said === '' ? text : `${text} (${said})`);
      return `<FONT COLOR="${colours[one]}">${line}</FONT>${BREAK}`;
    })
    .join('');

const countsOf = (counts: ByScheduler): string =>
  schedulers.map((one) => grouped(counts[one])).join(' / ');

const BREAK = '<BR ALIGN="LEFT"/>';

/** Text within a label of markup. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A quoted string of DOT. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
