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
  const found = cells.flatMap(({ repair, guarantee }) => (repair ? [{ repair, guarantee }] : []));
  const texts = [...new Set(found.map(({ repair }) => JSON.stringify(repair)))];
  return texts.flatMap((text) => {
    const repair = JSON.parse(text) as Repair;
    const mended = found.filter((each) => JSON.stringify(each.repair) === text);
    const names = [...new Set(mended.map(({ guarantee }) => guarantee))];
    const head = texts.length > 1 ? `Repair of ${listed(names)}` : 'Repair';
    return [style.heading(`  ${head}`), ...repairLines(repair)];
  });
}

/** The changes, a line each; what they cost; what they give up. */
export function repairLines({ changes, edits, givesUp, assuming, says }: Repair): string[] {
  if (changes.length === 0) return wrapped(says, '    ');
  const prices = [...new Set(changes.map(({ price, effort }) => `${EFFORTS[effort]}: ${price}`))];
  const lost = givesUp.map(({ guarantee, faults }) => `${guarantee} under ${faultsText(faults)}`);
  const held = assuming.length > 0 ? ` (with ${listed(assuming)} repaired)` : '';
  const added = (edits ?? []).filter(({ before }) => before === null);
  return [
    ...changes.flatMap((change) => wrapped(changeText(change), '    ')),
    ...added.map(({ file, line, after }) => `      ${file}, after line ${line}: ${after.trim()}`),
    ...prices.flatMap((price) => wrapped(`${price[0]!.toUpperCase()}${price.slice(1)}`, '      ')),
    ...(lost.length > 0 ? wrapped(`It gives up ${listed(lost)}.`, '      ') : []),
    ...wrapped(`${says.slice(0, -1)}${held}.`, '      '),
  ];
}

/** `min.insync.replicas 1 -> 2 (kafka.yaml:33)` */
export function changeText({ subject, key, from, to, origin }: Repair['changes'][number]): string {
  const where = 'file' in origin ? `${origin.file}:${origin.line}` : `default, ${origin.default}`;
  return `${key} ${from} -> ${to} (${subject}; ${where})`;
}
