/** A matrix as a grid: arrow keys move from cell to cell, a cell tells of itself below. */
import { useContext, useRef, useState } from 'preact/hooks';
import type { Cell } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import { CellDetail } from './cell-detail.tsx';
import { isOnlyByFindings, isUnexpected, type Matrix, moved } from './matrix.ts';
import { OnPaper } from './paper.ts';
import type { Story } from './stories.ts';
import type { Results } from './told.ts';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly matrix: Matrix;
  readonly results: Results;
  readonly stories: readonly Story[];
}

export function MatrixGrid({ matrix, results, stories }: Props) {
  const { rows, faults } = matrix;
  const grid = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState({ row: 0, column: 0 });
  const [chosen, choose] = useState<Cell | null>(null);
  const onPaper = useContext(OnPaper);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(place, event.key, { rows: rows.length, columns: faults.length });
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
    grid.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.column}"]`)?.focus();
  };
  return (
    <>
      <div class="scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table to move in. */}
        <table class="verdicts" role="grid" ref={grid} onKeyDown={onKeyDown}>
          <caption class="unseen">Guarantees by faults: {matrix.subjects.join(', ')}</caption>
          <thead>
            <tr>
              <th scope="col">Guarantee</th>
              {faults.map((budget) => (
                <th scope="col" key={faultsText(budget)}>
                  <FaultName text={faultsText(budget)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, means, cells }, row) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  <span class="means">{means}</span>
                </th>
                {cells.map((cell, column) => (
                  <td key={faultsText(faults[column]!)}>
                    <CellButton
                      cell={cell}
                      place={`${row} ${column}`}
                      isHere={place.row === row && place.column === column}
                      isChosen={cell !== null && cell === chosen}
                      onChoose={() => {
                        setPlace({ row, column });
                        choose(cell === chosen ? null : cell);
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div aria-live="polite">
        {chosen && !onPaper && <CellDetail cell={chosen} results={results} stories={stories} />}
      </div>
    </>
  );
}

/** `brokerCrash=1`, to be broken where a word begins. */
function FaultName({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=[a-z])(?=[A-Z])|(?<=, )/).map((part) => (
        <span key={part}>
          {part}
          <wbr />
        </span>
      ))}
    </>
  );
}

interface ButtonProps {
  readonly cell: Cell | null;
  readonly place: string;
  readonly isHere: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CellButton({ cell, place, isHere, isChosen, onChoose }: ButtonProps) {
  const classes = ['cell', cell?.verdict ?? 'silent', cell?.required ? 'required' : ''];
  if (cell && isUnexpected(cell) && !isOnlyByFindings(cell)) classes.push('unexpected');
  return (
    <button
      type="button"
      class={classes.join(' ')}
      data-place={place}
      tabIndex={isHere ? 0 : -1}
      aria-expanded={cell ? isChosen : undefined}
      aria-disabled={cell === null}
      onClick={cell ? onChoose : undefined}
    >
      {cell ? (
        <>
          <Verdict verdict={cell.verdict} />
          {isOnlyByFindings(cell) && <span class="by-findings">&nbsp;[F]</span>}
          {cell.required && <span class="unseen">, required</span>}
        </>
      ) : (
        <span class="unseen">not asked</span>
      )}
    </button>
  );
}
