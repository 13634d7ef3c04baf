/** What the project's own suites took of the machines: statecharts, faults by phase, paths never taken. */
import { useMemo } from 'preact/hooks';
import { unpack } from '../report/packed.ts';
import type { CoverageTold, Told } from '../report/told.ts';
import { Picture } from './picture.tsx';
import { Unfold } from './unfold.tsx';

const SCHEDULERS = ['searched', 'sampled', 'scenarios'] as const;
type Strikes = CoverageTold['strikes'][number];
type Cell = Strikes['rows'][number]['cells'][number];

export function CoverageSection({
  coverage,
}: {
  readonly coverage: NonNullable<Told['coverage']>;
}) {
  const suites = useMemo(() => unpack(coverage), [coverage]);
  return (
    <section id="coverage">
      <h2>Coverage of the models</h2>
      <p>
        How often a state, an edge or a fault was taken: by exhaustive search / by random walks / by
        written scenarios. What no search took cannot happen in any case of the suite.
      </p>
      {suites.map(({ about, seen, charts, strikes, paths }) => (
        <Unfold key={about} summary={`${about}: ${seen}`}>
          {() => (
            <>
              {charts.map(({ machine, svg }) => (
                <div key={machine}>
                  <h4>{machine}</h4>
                  <Picture svg={svg} label={`Statechart of ${machine}, coloured by coverage`} />
                </div>
              ))}
              {strikes.map((each) => (
                <StrikesTable key={each.of} strikes={each} />
              ))}
              {paths.map(({ title, list }) => (
                <div key={title}>
                  <h4>{title}</h4>
                  <ul class="paths">
                    {list.map((path) => (
                      <li key={path}>{path}</li>
                    ))}
                  </ul>
                </div>
              ))}
            </>
          )}
        </Unfold>
      ))}
    </section>
  );
}

/** Which fault hit in which phase: covered, reachable but never sampled, unreachable. */
function StrikesTable({ strikes: { of, phases, rows } }: { readonly strikes: Strikes }) {
  return (
    <>
      <h4>Faults by phase of {of}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <figure class="scroll" tabIndex={0} aria-label={`Faults by phase of ${of}`}>
        <table class="strikes">
          <thead>
            <tr>
              <th scope="col">Fault</th>
              {phases.map((phase) => (
                <th scope="col" key={phase}>
                  {phase}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ fault, stimulus, cells }) => (
              <tr key={`${fault} ${stimulus}`}>
                <th scope="row">
                  {fault} <span class="meta">{stimulus}</span>
                </th>
                {cells.map((cell, i) => (
                  <td key={phases[i]} class={struck(cell)} title={countsOf(cell)}>
                    {struck(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </figure>
    </>
  );
}

function struck({ searched, sampled, scenarios }: Cell): string {
  if (sampled + scenarios > 0) return 'covered';
  return searched > 0 ? 'not sampled' : '–';
}

const countsOf = (cell: Cell): string => SCHEDULERS.map((one) => `${one} ${cell[one]}`).join(', ');
