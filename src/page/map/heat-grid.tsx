/** The map as a grid: arrow keys move from place to place, Enter steps in. */
import { useRef } from 'preact/hooks';
import { moved, type Place } from '../matrix.ts';
import { chosen, place, told } from './look.ts';
import { type Heat, lengthText, type Tally, type View } from './map.ts';
import { Bar, GLYPHS, saidText, tallyText } from './tally.tsx';

interface Props {
  readonly heat: Heat;
  readonly view: View;
}

export function HeatGrid({ heat, view }: Props) {
  const { down, across, tallies } = heat;
  const grid = useRef<HTMLTableElement>(null);
  const size = { rows: down.length, columns: across.length };
  const here = within(place.value, size);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(here, event.key, size);
    if (next === null) return;
    event.preventDefault();
    place.value = next;
    grid.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.column}"]`)?.focus();
  };
  const step = (row: number, column: number): void => {
    const at = { down: down[row]!, across: across[column]! };
    place.value = { row, column };
    told.value = null;
    chosen.value = isAt(at.down, at.across) ? null : at;
  };
  return (
    <div class="scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table to move in. */}
      <table class="heat" role="grid" ref={grid} onKeyDown={onKeyDown}>
        <caption class="unseen">
          {view.guarantee}: {view.down} down, {view.across} across
        </caption>
        <thead>
          <tr>
            <th scope="col" class="corner">
              {view.down} ↓ {view.across !== null && `${view.across} →`}
            </th>
            {across.map((value) => (
              <th scope="col" key={value}>
                {value}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {down.map((value, row) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              {across.map((other, column) => (
                <td key={other}>
                  <PlaceButton
                    tally={tallies[row]![column]!}
                    name={`${row} ${column}`}
                    isHere={here.row === row && here.column === column}
                    isChosen={isAt(value, other)}
                    onChoose={() => step(row, column)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isAt = (down: string, across: string): boolean =>
  chosen.value?.down === down && chosen.value.across === across;

/** A filter may have taken away the place where the keys were. */
const within = ({ row, column }: Place, size: { rows: number; columns: number }): Place => ({
  row: Math.min(row, size.rows - 1),
  column: Math.min(column, size.columns - 1),
});

interface ButtonProps {
  readonly tally: Tally;
  readonly name: string;
  readonly isHere: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function PlaceButton({ tally, name, isHere, isChosen, onChoose }: ButtonProps) {
  const { rows, word, lengths } = tally;
  const isEmpty = rows.length === 0;
  return (
    <button
      type="button"
      class={`cell ${isEmpty ? 'silent' : (word ?? 'mixed')}`}
      data-place={name}
      tabIndex={isHere ? 0 : -1}
      aria-expanded={isEmpty ? undefined : isChosen}
      aria-disabled={isEmpty}
      onClick={isEmpty ? undefined : onChoose}
    >
      <span class="unseen">{saidText(tally)}</span>
      {!isEmpty && (
        <span aria-hidden="true">
          <span class="said">
            {word === null ? tallyText(tally) : `${GLYPHS[word]} ${SHOWN[word]}`}
          </span>
          <span class="more">{lengthText(lengths)}</span>
          {word === null && <Bar tally={tally} />}
        </span>
      )}
    </button>
  );
}

const SHOWN = {
  holds: 'holds',
  broken: 'broken',
  undecided: 'undecided',
  refused: 'refused',
  silent: 'not asked',
} as const;
