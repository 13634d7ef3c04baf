/** The safety map: what every combination of settings came to, to be filtered and stepped into. */
import { useMemo } from 'preact/hooks';
import type { Results } from '../../check/index.ts';
import { unpack } from '../../report/packed.ts';
import { counted, grouped, listed } from '../../report/text.ts';
import type { SweepRow } from '../../sweep/cell.ts';
import type { Told } from '../told.ts';
import { Controls } from './controls.tsx';
import { HeatGrid } from './heat-grid.tsx';
import { chosen, view as kept, told } from './look.ts';
import { constantsOf, dimensionsOf, filtered, firstView, heatOf, type View } from './map.ts';
import { PlaceDetail } from './place-detail.tsx';
import './map.css';

interface Props {
  readonly map: NonNullable<Told['map']>;
  /** Shows what a check of one cell has found. */
  readonly onResults: (results: Results) => void;
}

export function MapSection({ map, onResults }: Props) {
  const rows = useMemo(() => unpack(map), [map]);
  const dimensions = useMemo(() => dimensionsOf(rows), [rows]);
  const first = useMemo(() => firstView(rows, dimensions), [rows, dimensions]);
  const view = kept.value ?? first;
  const heat = useMemo(() => heatOf(rows, dimensions, view), [rows, dimensions, view]);
  const change = (next: View): void => {
    if (next.down !== view.down || next.across !== view.across) chosen.value = null;
    told.value = null;
    kept.value = next;
  };
  const at = chosen.value;
  const tally = at && heat.tallies[heat.down.indexOf(at.down)]?.[heat.across.indexOf(at.across)];
  return (
    <section id="map">
      <h2>Safety map</h2>
      <p class="meta">{aboutText(rows, constantsOf(rows, dimensions))}</p>
      <Controls rows={rows} dimensions={dimensions} view={view} onChange={change} />
      <p role="status" class="looked-at">
        {lookText(view, filtered(rows, view).length, rows.length)}
      </p>
      <HeatGrid heat={heat} view={view} />
      <p class="meta">
        ✗ broken, with the moves of the shortest counterexample; ✓ holds; ? undecided; ⊘ refused:
        Kafka, or Holdfast, does not take these settings together; – says nothing of them. Where
        combinations differ the counts are told, and a bar shows them.
      </p>
      {at && tally && tally.rows.length > 0 && (
        <PlaceDetail
          key={JSON.stringify([at, view.down, view.across])}
          tally={tally}
          at={at}
          view={view}
          dimensions={dimensions}
          onResults={onResults}
        />
      )}
    </section>
  );
}

function aboutText(rows: readonly SweepRow[], constants: readonly string[]): string {
  const { kafka, bounds, accept, maxStates } = rows[0]!;
  return [
    `${counted(rows.length, 'combination')} of settings and faults`,
    kafka === undefined ? '' : `, Kafka ${kafka}`,
    constants.length > 0 ? `, with ${listed(constants)} in all of them` : '',
    `. Bounds ${bounds}, at most ${grouped(maxStates)} states each`,
    accept.length > 0 ? `; ${listed(accept)} taken as repaired` : '',
    '.',
  ].join('');
}

/** What the table shows, for ears and for paper. */
function lookText({ guarantee, down, across, without }: View, left: number, all: number): string {
  const axes = [down, across].flatMap((axis) => axis ?? []).join(' by ');
  const out = Object.entries(without)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name} ${values.join(', ')}`);
  return (
    `${guarantee}: ${axes}, ${left === all ? 'all' : `${grouped(left)} of`} ${counted(all, 'combination')}` +
    `${out.length > 0 ? `, without ${out.join('; ')}` : ''}.`
  );
}
