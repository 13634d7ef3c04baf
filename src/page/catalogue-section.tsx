/** The known-bad designs: the proof that the claims catch what they should. */
import { useMemo, useState } from 'preact/hooks';
import markdown from '../../reports/baseline/designs.md?raw';
import { unpack } from '../report/packed.ts';
import { counted } from '../report/text.ts';
import type { DesignRun } from '../report/told.ts';
import { type DesignRow, filtered, rowsOf } from './catalogue.ts';
import { Diagram } from './diagram/diagram.tsx';
import { groupBy } from './group.ts';
import type { Told } from './told.ts';
import { Unfold } from './unfold.tsx';

const rows = rowsOf(markdown);

const HEADINGS = [
  'Design',
  'What it does',
  'Caught by',
  'Shortest',
  'Found by walk',
  'Shrunk',
  'History',
];

interface Props {
  /** Runs that catch them, if they were asked for. */
  readonly designs: Told['designs'];
}

export function CatalogueSection({ designs }: Props) {
  const runs = useMemo(() => (designs === undefined ? [] : unpack(designs)), [designs]);
  const [wanted, setWanted] = useState('');
  const shown = filtered(rows, wanted);
  const runFor = ({ area, id }: DesignRow): DesignRun | undefined =>
    runs.find((run) => run.area === area && run.id === id);
  return (
    <section id="catalogue">
      <h2>Known-bad designs</h2>
      <p>
        Each is the sound model with as little replaced as possible. Every claim is broken by one of
        them, and each is caught by the claim it names, in as many moves at least as stand under{' '}
        <i>Shortest</i>; <i>Found by walk</i> is the number of the random walk that found it.
      </p>
      <Unfold summary={counted(rows.length, 'design')}>
        {() => (
          <>
            <p class="controls">
              <label>
                Show only what says{' '}
                <input
                  type="search"
                  value={wanted}
                  onInput={({ currentTarget }) => setWanted(currentTarget.value)}
                />
              </label>{' '}
              <span role="status">{counted(shown.length, 'design')}</span>
            </p>
            {groupBy(shown, ({ area }) => area).map((own) => (
              <Area key={own[0]!.area} rows={own} runFor={runFor} />
            ))}
          </>
        )}
      </Unfold>
    </section>
  );
}

interface AreaProps {
  readonly rows: readonly DesignRow[];
  readonly runFor: (row: DesignRow) => DesignRun | undefined;
}

function Area({ rows: own, runFor }: AreaProps) {
  const { area } = own[0]!;
  return (
    <>
      <h3>{area}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <figure class="scroll" tabIndex={0} aria-label={area}>
        <table class="designs">
          <thead>
            <tr>
              {HEADINGS.map((title) => (
                <th scope="col" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {own.map((row) => (
              <Design key={row.id} row={row} run={runFor(row)} />
            ))}
          </tbody>
        </table>
      </figure>
    </>
  );
}

interface DesignProps {
  readonly row: DesignRow;
  readonly run: DesignRun | undefined;
}

/** A row, and on demand below it how the design is caught. */
function Design({ row, run }: DesignProps) {
  const { id, does, breaks, shortest, sampled, shrunk, history } = row;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr>
        <th scope="row">
          {run ? (
            <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {id} <span class="unseen">: how it is caught</span>
            </button>
          ) : (
            id
          )}
        </th>
        <td>{does}</td>
        <td>
          <code>{breaks}</code>
        </td>
        <td class="number">{shortest}</td>
        <td class="number">{sampled}</td>
        <td class="number">{shrunk}</td>
        <td>{history}</td>
      </tr>
      {run && isOpen && (
        <tr>
          <td colSpan={HEADINGS.length}>
            <Diagram run={run} label={`How ${breaks} catches ${id}`} />
          </td>
        </tr>
      )}
    </>
  );
}
