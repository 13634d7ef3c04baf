/** The smallest change of the configuration that repairs what is broken, as a diff of its files. */
import type { Cell, Repair } from '../../check/index.ts';
import { faultsText } from '../../check/rows.ts';
import { byHandLines, EFFORTS, titleOf } from '../../report/repair.ts';
import { listed } from '../../report/text.ts';
import { Command } from '../command.tsx';
import { type DiffLine, diffOf, diffText } from './diff.ts';
import './repair.css';

export function RepairText({ cells }: { readonly cells: readonly Cell[] }) {
  const found = cells.flatMap(({ repair, guarantee, faults }) =>
    repair ? [{ repair, guarantee, faults }] : [],
  );
  const texts = [...new Set(found.map(({ repair }) => JSON.stringify(repair)))];
  return (
    <>
      {texts.map((text) => {
        const own = found.filter(({ repair }) => JSON.stringify(repair) === text);
        return (
          <OneRepair
            key={text}
            repair={own[0]!.repair}
            title={texts.length > 1 ? `Repair of ${titleOf(own, found)}.` : 'Repair.'}
          />
        );
      })}
    </>
  );
}

interface Props {
  readonly repair: Repair;
  readonly title: string;
}

function OneRepair({ repair, title }: Props) {
  const { says, changes, edits, givesUp, assuming } = repair;
  const lost = givesUp.map(({ guarantee, faults }) => `${guarantee} under ${faultsText(faults)}`);
  return (
    <div class="repair">
      <p>
        <b>{title}</b> {says}
        {assuming.length > 0 && ` ${listed(assuming)} taken as repaired.`}
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={`${change.subject} ${change.key}`}>
              {change.subject}{' '}
              <code>
                {change.key}: {change.from} → {change.to}
              </code>{' '}
              <span class="meta">({placeOf(change.origin)})</span>, {EFFORTS[change.effort]}.{' '}
              {change.price}
            </li>
          ))}
        </ul>
      )}
      {edits !== null && edits.length > 0 && <Diff lines={diffOf(edits)} />}
      {byHandLines(repair).map((text) => (
        <p class="meta" key={text}>
          {text}
        </p>
      ))}
      {lost.length > 0 && <p>It gives up {listed(lost)}.</p>}
    </div>
  );
}

const placeOf = (origin: Repair['changes'][number]['origin']): string =>
  'file' in origin ? `${origin.file}:${origin.line}` : `default of ${origin.default}`;

function Diff({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <Command text={`${diffText(lines)}\n`}>
      {lines.map(({ kind, text }, i) => (
        <span key={i} class={`diff ${kind}`}>
          {text}
          {'\n'}
        </span>
      ))}
    </Command>
  );
}
