/**
 * Figures as SVG, without a browser: panels by Observable Plot, put together below a legend.
 *
 * Why Plot, on a DOM of xmldom: 8 MB installed and 0.15 s to load, then 5 to 10 ms a figure and 5 KB.
 * Vega with Vega-Lite is 25 MB, 0.4 s, 60 to 200 ms and three times the bytes; its text is black, not
 * the page's colour. On linkedom Plot takes 16 MB and 0.4 s. Given the same data Plot writes the same
 * bytes as long as no mark asks for an id (markers, clips, gradients), which it counts through the life
 * of the process: no figure here has such a mark, and a test draws each twice.
 *
 * Nothing in a figure acts, loads or styles: no script, no style element, no address. Texts are nodes
 * of a document, so that names out of a configuration file stay text. Lines and texts are of
 * `currentColor`, so that they are seen on paper and in the dark.
 */
import * as Plot from '@observablehq/plot';
import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';

/** Figures are as wide, so that text of `FONT` is read in a page's column. */
export const WIDTH = 640;
const FONT = 12;
const LINE = 18;
const SVG = 'http://www.w3.org/2000/svg';

/** What stands in the legend before a text: as the mark that it is of. */
export interface LegendItem {
  readonly says: string;
  readonly color: string;
  readonly opacity?: number;
  /** A square where there is neither. */
  readonly symbol?: Plot.SymbolType;
  readonly line?: 'solid' | 'dashed';
}

/** A part of a figure, in the room it was given. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  readonly drawn: Element;
}

export interface Figure {
  readonly title: string;
  /** What the figure shows, for those who do not see it. */
  readonly about: string;
  /** Rows of panels, from above. */
  readonly rows: readonly (readonly Panel[])[];
}

const page: Document = new DOMImplementation().createDocument(
  'http://www.w3.org/1999/xhtml',
  'html',
  null,
);

/** Draws a panel: margins and axes as all figures have them, unless `options` say otherwise. */
export function panelOf(options: Plot.PlotOptions & { width: number; height: number }): Panel {
  const drawn = Plot.plot({
    document: page as never,
    marginLeft: 55,
    marginRight: 16,
    ...options,
  }) as unknown as Element;
  return { width: options.width, height: options.height, drawn };
}

/** The name of a panel whose rows have names to the left of them, above both. */
export const headOf = (head: string, marginLeft: number): Plot.Markish =>
  Plot.text([shortened(head, 70)], {
    frameAnchor: 'top-left',
    textAnchor: 'start',
    fontWeight: 600,
    dx: -marginLeft + 8,
    dy: -20,
  });

/** A legend's lines, as many as its texts need; none where there is nothing to say. */
export function legendOf(items: readonly LegendItem[]): Panel[] {
  if (items.length === 0) return [];
  let x = 8;
  let y = LINE / 2;
  const placed = items.map((item) => {
    const width = 30 + textWidth(shortened(item.says));
    if (x > 8 && x + width > WIDTH) [x, y] = [8, y + LINE];
    x += width;
    return { ...item, x: x - width, y };
  });
  const height = y + LINE / 2 + 4;
  const same = { range: undefined, axis: null } as const;
  const drawn = panelOf({
    width: WIDTH,
    height,
    margin: 0,
    x: { ...same, domain: [0, WIDTH], range: [0, WIDTH] },
    y: { ...same, domain: [0, height], range: [0, height] },
    marks: [
      ...placed.map(legendMark),
      Plot.text(placed, {
        x: (item: { x: number }) => item.x + 20,
        y: 'y',
        text: (item: LegendItem) => shortened(item.says),
        textAnchor: 'start',
      }),
    ],
  });
  return [drawn];
}

/** How lines are drawn everywhere. */
export const lineOf = (line: LegendItem['line'] = 'solid') => ({
  strokeWidth: 1.75,
  ...(line === 'dashed' ? { strokeDasharray: '5 4' } : {}),
});

function legendMark(item: LegendItem & { x: number; y: number }): Plot.Markish {
  const { x, y, color, opacity = 1, symbol, line } = item;
  if (!symbol && !line) {
    const box = { x1: x, x2: x + 12, y1: y - 6, y2: y + 6 };
    const paint = { fill: color, fillOpacity: opacity, stroke: color };
    return Plot.rect([box], { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', ...paint });
  }
  return [
    Plot.ruleY([y], { x1: x - 3, x2: x + 15, stroke: color, ...lineOf(line) }),
    symbol ? Plot.dot([0], { x: [x + 6], y: [y], symbol, fill: color, r: 4 }) : null,
  ];
}

/** The figure as an SVG document. */
export function svgOf({ title, about, rows }: Figure): string {
  const svg = page.createElementNS(SVG, 'svg');
  const height = sum(rows.map((row) => Math.max(...row.map((panel) => panel.height))));
  const attributes = {
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: 'img',
    'aria-label': title,
    fill: 'currentColor',
    'font-family': 'system-ui, sans-serif',
    'font-size': FONT,
    'text-anchor': 'middle',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  for (const [name, text] of [
    ['title', title],
    ['desc', about],
  ] as const) {
    svg.appendChild(page.createElementNS(SVG, name)).textContent = text;
  }
  let y = 0;
  for (const row of rows) {
    let x = 0;
    for (const { width, drawn } of row) {
      svg.appendChild(placedAt(x, y, drawn));
      x += width;
    }
    y += Math.max(...row.map((panel) => panel.height));
  }
  return legal(new XMLSerializer().serializeToString(svg));
}

/** What Plot has drawn, as a group; its style sheet is left out, for the page allows none. */
function placedAt(x: number, y: number, drawn: Element): Element {
  const group = page.createElementNS(SVG, 'g');
  group.setAttribute('transform', `translate(${x},${y})`);
  for (const child of [...drawn.childNodes]) {
    if (child.nodeName === 'style') continue;
    round(child as Element);
    group.appendChild(child);
  }
  return group;
}

const GEOMETRY = [
  'x',
  'y',
  'cx',
  'cy',
  'r',
  'x1',
  'x2',
  'y1',
  'y2',
  'width',
  'height',
  'd',
  'transform',
];

/** Two decimals: more are not seen, and their last digits are a processor's own. */
function round(element: Element): void {
  for (const name of GEOMETRY) {
    const value = element.getAttribute?.(name);
    const short = value?.replaceAll(/-?\d+\.\d{3,}/g, (number) => String(+(+number).toFixed(2)));
    if (short && short !== value) element.setAttribute(name, short);
  }
  for (const child of element.childNodes ?? []) round(child as Element);
}

/** Characters that XML has no way to write are replaced. */
const legal = (xml: string): string =>
  xml.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

const MOST = 48;

/** A name that somebody chose, no longer than there is room for. */
export const shortened = (text: string, most = MOST): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** The names of rows: an axis to the left of them, and the margin that it needs. */
export function rowNames(names: readonly string[]): { y: Plot.ScaleOptions; marginLeft: number } {
  // Shortened as they are written only: two that begin alike are two rows.
  const tickFormat = (name: string): string => shortened(name, 28);
  const widths = names.map((name) => textWidth(tickFormat(name)) + 14);
  return {
    y: {
      domain: [...new Set(names)],
      tickFormat,
      label: null,
      tickSize: 0,
      type: 'band',
      padding: 0.25,
    },
    marginLeft: Math.max(70, ...widths),
  };
}

/** About as wide, in a font that nobody knows. */
export const textWidth = (text: string): number => Math.ceil(text.length * FONT * 0.62);

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
