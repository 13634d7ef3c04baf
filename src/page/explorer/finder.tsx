/** The search for the nearest state in which a claim is decided. */
import { useState } from 'preact/hooks';
import type { Judged } from './place.ts';
import type { Session } from './session.ts';

const GOALS = {
  always: 'See it fail',
  sometimes: 'See it happen',
  recovers: 'Lose it for good',
} as const;

const LIMITS = [100_000, 1_000_000, 5_000_000] as const;
const grouped = (count: number): string => count.toLocaleString('en-US');

interface Props {
  readonly session: Session;
  readonly claims: readonly Judged[];
  readonly isAtStart: boolean;
}

export function Finder({ session, claims, isAtStart }: Props) {
  const [claim, setClaim] = useState(claims[0]?.name ?? '');
  const [fromHere, setFromHere] = useState(false);
  const [maxStates, setMaxStates] = useState<number>(LIMITS[1]);
  const search = session.search.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (search.kind === 'running') session.stopSearch();
    else void session.find({ claim, fromHere: fromHere && !isAtStart, maxStates });
  };
  return (
    <form class="finder" onSubmit={submit}>
      <label>
        Find the shortest way to
        <select value={claim} onChange={({ currentTarget }) => setClaim(currentTarget.value)}>
          {(['always', 'sometimes', 'recovers'] as const).map((modality) => (
            <optgroup key={modality} label={GOALS[modality]}>
              {claims
                .filter((each) => each.modality === modality)
                .map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Beginning
        <select
          value={fromHere ? 'here' : 'start'}
          onChange={({ currentTarget }) => setFromHere(currentTarget.value === 'here')}
        >
          <option value="start">at the start</option>
          <option value="here">at this state</option>
        </select>
      </label>
      <label>
        Among at most
        <select
          value={maxStates}
          onChange={({ currentTarget }) => setMaxStates(Number(currentTarget.value))}
        >
          {LIMITS.map((limit) => (
            <option key={limit} value={limit}>
              {grouped(limit)} states
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{search.kind === 'running' ? 'Stop' : 'Search'}</button>
      <p role="status">
        {search.kind === 'ended' && search.says}
        {search.kind === 'running' &&
          `Searching: ${grouped(search.progress?.states ?? 0)} states seen, ` +
            `${search.progress?.depth ?? 0} moves deep …`}
      </p>
    </form>
  );
}
