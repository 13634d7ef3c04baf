/**
 * Verdicts as JUnit XML, for CI systems that show tests: a suite for each group of subjects, a test
 * case for each cell.
 *
 * What is required decides, as it does for the exit code: broken is a failure, undecided is an error
 * (never a pass). What is not required cannot fail: where it does not hold it is skipped, and says
 * why. The only time is that of the whole run.
 */
import Builder from 'fast-xml-builder';
import { type Cell, faultsText, type Results } from '../check/index.ts';
import { groupName, groupsOf } from './groups.ts';
import { courseText, undecidedBecause } from './text-of-cell.ts';

/** An element: attributes begin with `@`. */
type Element = { readonly [name: string]: string | number | Element | readonly Element[] };

const builder = new Builder({
  format: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

/** The XML, with its declaration; lines end with a newline. */
export function junitReport(results: Results): string {
  const suites = groupsOf(results.cells).map((cells) => suiteOf(cells, results));
  const root = {
    '@name': `holdfast ${results.deployment.name}`,
    ...counts(results.cells),
    '@time': results.run.seconds.toFixed(3),
    testsuite: suites,
  };
  const { '@skipped': _, ...counted } = root;
  const xml = builder.build({ testsuites: printable(counted) }) as string;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml.trimEnd()}\n`;
}

function suiteOf(cells: readonly Cell[], { options }: Results): Element {
  const { aspect } = cells[0]!;
  const properties = {
    bounds: options.bounds,
    within: options.within[aspect] ?? '',
    accept: options.accept.join(),
  };
  return {
    '@name': groupName(cells[0]!),
    ...counts(cells),
    properties: {
      property: Object.entries(properties).map(([name, value]) => ({
        '@name': name,
        '@value': value,
      })),
    },
    testcase: cells.map(caseOf),
  };
}

/** How a cell counts: see the head of this file. */
function outcomeOf({ verdict, required }: Cell): 'passed' | 'failure' | 'error' | 'skipped' {
  if (verdict === 'holds') return 'passed';
  if (!required) return 'skipped';
  return verdict === 'broken' ? 'failure' : 'error';
}

function counts(cells: readonly Cell[]) {
  const count = (wanted: ReturnType<typeof outcomeOf>): number =>
    cells.filter((cell) => outcomeOf(cell) === wanted).length;
  return {
    '@tests': cells.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
  };
}

function caseOf(cell: Cell): Element {
  const { aspect, subjects, guarantee, faults } = cell;
  const named = {
    '@name': `${guarantee} (${faultsText(faults)})`,
    '@classname': `${aspect}.${subjects.join('+')}`,
  };
  const outcome = outcomeOf(cell);
  if (outcome === 'passed') return named;
  const because =
    cell.verdict === 'broken'
      ? (cell.counterexample?.because ?? 'the claim fails')
      : undecidedBecause(cell);
  if (outcome === 'skipped') {
    return { ...named, skipped: { '@message': `${cell.verdict}, not required: ${because}` } };
  }
  const told = cell.verdict === 'broken' ? courseText(cell) : because;
  return {
    ...named,
    [outcome]: { '@type': cell.verdict, '@message': because, '#text': told },
  };
}

/** XML has no place for control characters, escaped or not; they become `\u001b`. */
function printable(element: Element): Element {
  const clean = (value: Element[string]): Element[string] => {
    if (typeof value === 'string') return printableText(value);
    if (typeof value === 'number') return value;
    if (Array.isArray(value)) return value.map((each) => printable(each as Element));
    return printable(value as Element);
  };
  return Object.fromEntries(Object.entries(element).map(([name, value]) => [name, clean(value)]));
}

const printableText = (text: string): string =>
  text.replaceAll(
    /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
