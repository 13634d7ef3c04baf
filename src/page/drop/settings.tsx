/** How far a check goes. */
import type { BoundsName, CheckOptions } from '../../check/index.ts';

/** The options of a check that a person chooses. Without faults it is the usual rows. */
export type Chosen = Required<Pick<CheckOptions, 'bounds' | 'maxStates' | 'repair'>> &
  Pick<CheckOptions, 'faults' | 'accept' | 'require'>;

/** As the command line has it. */
export const FIRST: Chosen = { bounds: 'small', maxStates: 10_000_000, repair: true };

const BOUNDS: Record<BoundsName, string> = {
  tiny: 'tiny: a first look, in seconds',
  small: 'small: what the command line does',
  large: 'large: may take very long',
};
const LIMITS = [10_000, 100_000, 1_000_000, 10_000_000];

interface Props {
  readonly faults: readonly string[];
  readonly guarantees: readonly string[];
  /** Findings about the protocols, by their names. */
  readonly findings: readonly string[];
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

export function Settings({ faults, guarantees, findings, chosen, onChange }: Props) {
  const [fault = ''] = Object.keys(chosen.faults ?? {});
  const strike = (name: string): void => {
    const { faults: _faults, ...rest } = chosen;
    onChange(name === '' ? rest : { ...rest, faults: { [name]: 1 } });
  };
  const accept = (isAll: boolean): void => {
    const { accept: _accept, ...rest } = chosen;
    onChange(isAll ? { ...rest, accept: findings } : rest);
  };
  const require = (name: string): void => {
    const { require: _require, ...rest } = chosen;
    onChange(name === '' ? rest : { ...rest, require: [name] });
  };
  return (
    <fieldset class="settings">
      <legend>How far</legend>
      <label>
        Faults
        <select value={fault} onChange={({ currentTarget }) => strike(currentTarget.value)}>
          <option value="">each alone, and what holdfast.yaml asks for</option>
          {faults.map((name) => (
            <option key={name} value={name}>
              {name} alone
            </option>
          ))}
        </select>
      </label>
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
      <label>
        Required
        <select
          value={chosen.require?.[0] ?? ''}
          onChange={({ currentTarget }) => require(currentTarget.value)}
        >
          <option value="">the usual, or what holdfast.yaml asks for</option>
          {guarantees.map((name) => (
            <option key={name} value={name}>
              {name} alone
            </option>
          ))}
        </select>
      </label>
      <label>
        Findings about Kafka and Spark
        <select
          value={chosen.accept === undefined ? '' : 'all'}
          onChange={({ currentTarget }) => accept(currentTarget.value === 'all')}
        >
          <option value="">as holdfast.yaml says</option>
          <option value="all">none held against the deployment</option>
        </select>
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={chosen.repair}
          onChange={({ currentTarget }) => onChange({ ...chosen, repair: currentTarget.checked })}
        />{' '}
        Seek repairs
      </label>
    </fieldset>
  );
}
