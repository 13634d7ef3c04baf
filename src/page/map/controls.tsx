/** What to show of the map: the guarantee, the axes, and which values of every setting. */
import type { SweepRow } from '../../sweep/cell.ts';
import { Unfold } from '../unfold.tsx';
import {
  type Dimension,
  decidingAxes,
  type Facet,
  facetsOf,
  guaranteesOf,
  toggled,
  type View,
} from './map.ts';
import { tallyText } from './tally.tsx';

interface Props {
  readonly rows: readonly SweepRow[];
  readonly dimensions: readonly Dimension[];
  readonly view: View;
  readonly onChange: (view: View) => void;
}

export function Controls({ rows, dimensions, view, onChange }: Props) {
  const names = dimensions.map(({ name }) => name);
  const { down, across } = view;
  // An axis that is chosen twice changes places with the other.
  const setDown = (name: string): void =>
    onChange({ ...view, down: name, across: name === across ? down : across });
  const setAcross = (name: string): void =>
    onChange({ ...view, across: name, down: name === down ? across : down });
  return (
    <div class="controls map-controls">
      <div class="choices">
        <Choice
          label="Guarantee"
          value={view.guarantee}
          among={guaranteesOf(rows)}
          onChoose={(guarantee) => onChange({ ...view, guarantee })}
        />
        {down !== null && <Choice label="Down" value={down} among={names} onChoose={setDown} />}
        {across !== null && (
          <Choice label="Across" value={across} among={names} onChoose={setAcross} />
        )}
        <button
          type="button"
          onClick={() => onChange({ ...view, ...decidingAxes(rows, dimensions, view.guarantee) })}
        >
          The axes that decide most
        </button>
      </div>
      <Unfold summary="Filters" isOpen={false} class="filters">
        {() => (
          <div class="facets">
            {dimensions.map((dimension) => (
              <Filter
                key={dimension.name}
                name={dimension.name}
                facets={facetsOf(rows, view, dimension)}
                onToggle={(value) => onChange(toggled(view, dimension.name, value))}
              />
            ))}
          </div>
        )}
      </Unfold>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly among: readonly string[];
  readonly onChoose: (value: string) => void;
}

const Choice = ({ label, value, among, onChoose }: ChoiceProps) => (
  <label>
    {label}
    <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      {among.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  </label>
);

interface FilterProps {
  readonly name: string;
  readonly facets: readonly Facet[];
  readonly onToggle: (value: string) => void;
}

/** The values of a setting, each with what it comes to: what matters shows in the counts. */
function Filter({ name, facets, onToggle }: FilterProps) {
  const left = facets.filter(({ isIn }) => isIn);
  return (
    <fieldset>
      <legend>{name}</legend>
      {facets.map(({ value, isIn, tally }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={isIn}
            disabled={isIn && left.length === 1}
            onChange={() => onToggle(value)}
          />{' '}
          {value} <span class="meta">{tallyText(tally)}</span>
        </label>
      ))}
    </fieldset>
  );
}
