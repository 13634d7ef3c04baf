/** The verdict matrix, one table for each group of subjects. */
import type { Results } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import { type Matrix, matricesOf } from './matrix.ts';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly results: Results;
  readonly onPaper: boolean;
}

export function MatrixSection({ results }: Props) {
  return (
    <section id="verdicts">
      <h2>Verdicts</h2>
      {matricesOf(results).map((matrix) => (
        <Table key={JSON.stringify([matrix.aspect, matrix.subjects])} matrix={matrix} />
      ))}
    </section>
  );
}

function Table({ matrix: { aspect, subjects, summary, faults, rows } }: { matrix: Matrix }) {
  return (
    <>
      <h3>{subjects.join(', ')}</h3>
      <p>
        {aspect}: {summary}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Guarantee</th>
            {faults.map((budget) => (
              <th scope="col" key={faultsText(budget)}>
                {faultsText(budget)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={faultsText(faults[column]!)}>
                  {cell && <Verdict verdict={cell.verdict} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
