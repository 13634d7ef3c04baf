/** An experiment: what it says, the paper's table beside the simulated one, and the figures. */
import type { ExperimentTold, FigureTold, TableTold } from '../../experiment/told.ts';
import { grouped } from '../../report/text.ts';
import { Command } from '../command.tsx';
import { Download } from '../download.tsx';
import { Picture } from '../picture.tsx';
import { fileName } from './file-name.ts';
import './experiment.css';

export function ExperimentSection({ experiment }: { readonly experiment: ExperimentTold }) {
  const { title, command, figures, tables, reading } = experiment;
  return (
    <section id="experiments">
      <h2>Experiments</h2>
      <p>{title}. This repeats it, to the byte:</p>
      <Command text={command} />
      {tables.map((table) => (
        <Table key={table.title} table={table} />
      ))}
      <h3>What it says</h3>
      <ul class="reading">
        {reading.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div class="figures">
        {figures.map((figure) => (
          <Figure key={figure.title} figure={figure} command={figure.command ?? command} />
        ))}
      </div>
    </section>
  );
}

interface FigureProps {
  readonly figure: FigureTold;
  readonly command: string;
}

function Figure({ figure: { title, caption, svg, csv }, command }: FigureProps) {
  return (
    <div class="plot">
      <h3>{title}</h3>
      <Picture svg={svg} label={`${title}. ${caption}`} />
      <p class="caption">{caption}</p>
      <p class="controls">
        <Download text={csv} type="text/csv" name={fileName(title)}>
          Download CSV
        </Download>
      </p>
      <Command text={command} />
    </div>
  );
}

function Table({ table: { title, columns, rows } }: { readonly table: TableTold }) {
  const side = (column: number): string =>
    rows.some((row) => typeof row[column] === 'number') ? 'number' : '';
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <figure class="scroll" tabIndex={0} aria-label={title}>
        <table class="experiment">
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th scope="col" key={column} class={side(i)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([head, ...cells], row) => (
              <tr key={row}>
                <th scope="row">{text(head)}</th>
                {cells.map((cell, i) => (
                  <td key={columns[i + 1]} class={side(i + 1)}>
                    {text(cell)}
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

const text = (cell: string | number | null | undefined): string =>
  typeof cell === 'number' ? grouped(cell) : (cell ?? '–');
