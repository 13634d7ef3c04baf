/** How far a check goes. */
import type { BoundsName, CheckOptions } from '../../check/index.ts';

/** The options of a check that a person chooses. */
export type Chosen = Required<Pick<CheckOptions, 'bounds' | 'maxStates'>>;

/** As the command line has it. */
export const FIRST: Chosen = { bounds: 'small', maxStates: 10_000_000 };

const BOUNDS: Record<BoundsName, string> = {
  tiny: 'tiny: a first look, in seconds',
  small: 'small: what the command line does',
  large: 'large: may take very long',
};
const LIMITS = [10_000, 100_000, 1_000_000, 10_000_000];

interface Props {
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

export function Settings({ chosen, onChange }: Props) {
  return (
    <fieldset class="settings">
      <legend>How far</legend>
      <label>
        Bounds
        <select
          value={chosen.bounds}
          onChange={({ currentTarget }) =>
            onChange({ ...chosen, bounds: currentTarget.value as BoundsName })
          }
        >
          {Object.entries(BOUNDS).map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        Most states of one exploration
        <select
          value={chosen.maxStates}
          onChange={({ currentTarget }) =>
            onChange({ ...chosen, maxStates: Number(currentTarget.value) })
          }
        >
          {LIMITS.map((limit) => (
            <option key={limit} value={limit}>
              {limit.toLocaleString('en-US')}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
