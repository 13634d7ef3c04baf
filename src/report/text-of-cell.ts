/** What a cell says, as plain text for other programs to show. */

import { doubtsOf } from '../check/doubts.ts';
import { type Cell, faultsText } from '../check/index.ts';
import { repairLines } from './repair.ts';
import { numbered, wrapped } from './text.ts';

/** `no-acked-loss is broken by brokerCrash=1` */
export const cellTitle = ({ guarantee, faults, verdict }: Cell): string =>
  verdict === 'broken'
    ? `${guarantee} is broken by ${faultsText(faults)}`
    : `${guarantee} is undecided under ${faultsText(faults)}`;

/** The course of events, what follows, on what evidence, and how to see it again. */
export function courseText({ counterexample, repair }: Cell): string {
  if (!counterexample) return '';
  const { steps, because, evidence, replay } = counterexample;
  return [
    ...numbered(steps.map(({ says }) => says)),
    ...wrapped(`So ${because}.`),
    ...evidence.flatMap((line) => wrapped(line, '  ')),
    ...(repair ? ['Repair', ...repairLines(repair)] : []),
    `holdfast replay ${replay}`,
  ].join('\n');
}

/** Why a cell is undecided. */
export const undecidedBecause = (cell: Cell): string =>
  [...(cell.scope.limit ? [cell.scope.limit] : []), ...doubtsOf(cell)].join(' ');
