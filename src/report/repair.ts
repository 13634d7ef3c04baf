/** Repairs: which settings to change, where they stand, and what that costs. */
import type { Cell, Repair } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import type { Style } from './style.ts';
import { listed, wrapped } from './text.ts';

/** What a change takes, in words. */
export const EFFORTS: Readonly<Record<Repair['changes'][number]['effort'], string>> = {
  client: 'in the client alone',
  dynamic: 'on the running cluster',
  restart: 'with a restart of the brokers, one by one',
  reassignment: 'by moving data or adding machines',
  code: 'in the application',
};

/** The repairs of cells that share a counterexample: equal ones once. */
export function repairs(cells: readonly Cell[], style: Style): string[] {
  const found = cells.flatMap(({ repair, guarantee, faults }) =>
    repair ? [{ repair, guarantee, faults }] : [],
  );
  const texts = [...new Set(found.map(({ repair }) => JSON.stringify(repair)))];
  return texts.flatMap((text) => {
    const repair = JSON.parse(text) as Repair;
    const mended = found.filter((each) => JSON.stringify(each.repair) === text);
    const head = texts.length > 1 ? `Repair of ${titleOf(mended, found)}` : 'Repair';
    return [...wrapped(head, '  ').map(style.heading), ...repairLines(repair)];
  });
}

/** The guarantees that a repair is of, and under which faults if it is not all of them. */
export function titleOf(
  mended: readonly Pick<Cell, 'guarantee' | 'faults'>[],
  all: readonly Pick<Cell, 'guarantee' | 'faults'>[],
): string {
  const names = [...new Set(mended.map(({ guarantee }) => guarantee))];
  const others = all.filter((cell) => names.includes(cell.guarantee) && !mended.includes(cell));
  if (others.length === 0) return listed(names);
  const budgets = [...new Set(mended.map(({ faults }) => faultsText(faults)))];
  return `${listed(names)} under ${budgets.join(' | ')}`;
}

/** The changes, a line each; what they cost; what they give up. */
export function repairLines(repair: Repair): string[] {
  const { changes, edits, givesUp, assuming, says } = repair;
  if (changes.length === 0) return wrapped(says, '    ');
  const prices = [...new Set(changes.map(({ price, effort }) => `${EFFORTS[effort]}: ${price}`))];
  const lost = givesUp.map(({ guarantee, faults }) => `${guarantee} under ${faultsText(faults)}`);
  const held = assuming.length > 0 ? ` (with ${listed(assuming)} repaired)` : '';
  const added = (edits ?? []).filter(({ before }) => before === null);
  return [
    ...changes.flatMap((change) => wrapped(changeText(change), '    ')),
    ...addedLines(added),
    ...byHandLines(repair).flatMap((text) => wrapped(text, '      ')),
    ...prices.flatMap((price) => wrapped(`${price[0]!.toUpperCase()}${price.slice(1)}`, '      ')),
    ...(lost.length > 0 ? wrapped(`It gives up ${listed(lost)}.`, '      ') : []),
    ...wrapped(`${says.slice(0, -1)}${held}.`, '      '),
  ];
}

/** What is put behind which lines: one line in the same line, several below it as they are written. */
function addedLines(added: NonNullable<Repair['edits']>): string[] {
  const places = [...new Set(added.map(({ file, line }) => `${file}, after line ${line}:`))];
  return places.flatMap((place) => {
    const own = added.filter(({ file, line }) => `${file}, after line ${line}:` === place);
    if (own.length === 1) return [`      ${place} ${own[0]!.after.trim()}`];
    return [`      ${place}`, ...own.map(({ after }) => `        ${after.trimEnd()}`)];
  });
}

/** What is to be done by hand, a sentence each. */
export const byHandLines = ({ byHand }: Repair): string[] =>
  byHand.map((sentence) => `By hand: ${sentence}`);

/** `min.insync.replicas 1 -> 2 (kafka.yaml:33)` */
export function changeText({ subject, key, from, to, origin }: Repair['changes'][number]): string {
  const where = 'file' in origin ? `${origin.file}:${origin.line}` : `default, ${origin.default}`;
  return `${key} ${from} -> ${to} (${subject}; ${where})`;
}
