/** A place of the map: the combinations in it, each with what all guarantees come to. */
import { useContext, useState } from 'preact/hooks';
import type { Results } from '../../check/index.ts';
import { counted } from '../../report/text.ts';
import type { SweepRow } from '../../sweep/cell.ts';
import { OnPaper } from '../paper.ts';
import { CellFiles } from './cell-files.tsx';
import { told } from './look.ts';
import { type Dimension, guaranteesOf, settingOf, type Tally, type View, wordOf } from './map.ts';
import { GLYPHS, saidText } from './tally.tsx';

/** Rows that are shown at first. */
const FIRST = 40;

interface Props {
  readonly tally: Tally;
  readonly at: { readonly down: string; readonly across: string };
  readonly view: View;
  readonly dimensions: readonly Dimension[];
  readonly onResults: (results: Results) => void;
}

export function PlaceDetail({ tally, at, view, dimensions, onResults }: Props) {
  const { rows } = tally;
  const [isWhole, setWhole] = useState(rows.length <= FIRST);
  const axes = [view.down, view.across];
  const open = dimensions.filter(({ name }) => !axes.includes(name)).map(({ name }) => name);
  const others = guaranteesOf(rows).filter((name) => name !== view.guarantee);
  const title = [
    [view.down, at.down],
    [view.across, at.across],
  ].flatMap(([name, value]) => (name === null ? [] : `${name} ${value}`));
  return (
    <section class="detail place" aria-labelledby="place-heading">
      <h3 id="place-heading">{title.join(', ')}</h3>
      <p>
        {view.guarantee}: {saidText(tally)}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <figure class="scroll" tabIndex={0} aria-label="Combinations">
        <table class="combinations">
          <thead>
            <tr>
              {['Cell', view.guarantee, ...open, ...others].map((name) => (
                <th scope="col" key={name} class={name === view.guarantee ? 'asked' : ''}>
                  <Breakable text={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, isWhole ? rows.length : FIRST).map((row) => (
              <Line
                key={row.cell}
                row={row}
                asked={view.guarantee}
                open={open}
                others={others}
                onResults={onResults}
              />
            ))}
          </tbody>
        </table>
      </figure>
      {!isWhole && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {counted(rows.length, 'combination')}
        </button>
      )}
    </section>
  );
}

interface LineProps {
  readonly row: SweepRow;
  readonly asked: string;
  /** Dimensions that are no axis. */
  readonly open: readonly string[];
  readonly others: readonly string[];
  readonly onResults: (results: Results) => void;
}

function Line({ row, asked, open, others, onResults }: LineProps) {
  const isTold = told.value === row.cell;
  return (
    <>
      <tr class={isTold ? 'told-row' : ''}>
        <th scope="row">
          <StepIn cell={row.cell} isTold={isTold} />
        </th>
        <Said row={row} guarantee={asked} />
        {open.map((name) => (
          <td key={name}>{settingOf(row, name)}</td>
        ))}
        {others.map((name) => (
          <Said key={name} row={row} guarantee={name} />
        ))}
      </tr>
      {isTold && (
        <tr class="told-cell">
          <td colSpan={2 + open.length + others.length}>
            <CellFiles row={row} onResults={onResults} />
          </td>
        </tr>
      )}
    </>
  );
}

function StepIn({ cell, isTold }: { readonly cell: number; readonly isTold: boolean }) {
  if (useContext(OnPaper)) return <>{cell}</>;
  const step = (): void => {
    told.value = isTold ? null : cell;
  };
  return (
    <button type="button" class="step-in" aria-expanded={isTold} onClick={step}>
      {cell}
    </button>
  );
}

function Said({ row, guarantee }: { readonly row: SweepRow; readonly guarantee: string }) {
  const word = wordOf(row, guarantee);
  const length = row.verdicts[guarantee]?.length;
  return (
    <td class={`said ${word}`}>
      <span aria-hidden="true">{GLYPHS[word]}</span>
      <span class="unseen">{word === 'silent' ? 'not asked' : word}</span>
      {length !== undefined && ` in ${length}`}
    </td>
  );
}

/** A long name, to be broken behind its dots and hyphens. */
function Breakable({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=[.-])/).map((part, i) => (
        <span key={i}>
          {part}
          <wbr />
        </span>
      ))}
    </>
  );
}
