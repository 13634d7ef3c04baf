/** The verdicts: what was not to be expected, then a matrix for each group of subjects. */
import { faultsText } from '../check/rows.ts';
import { grouped } from '../report/text.ts';
import { type Matrix, matricesOf, scopesOf, undecidedReasons } from './matrix.ts';
import { MatrixGrid } from './matrix-grid.tsx';
import type { Story } from './stories.ts';
import type { Results } from './told.ts';
import { Unfold } from './unfold.tsx';

interface Props {
  readonly results: Results;
  readonly stories: readonly Story[];
}

export function MatrixSection({ results, stories }: Props) {
  return (
    <section id="verdicts">
      <h2>Verdicts</h2>
      <Unexpected stories={stories} />
      <Undecided results={results} />
      {matricesOf(results).map((matrix) => (
        <div class="matrix" key={JSON.stringify([matrix.aspect, matrix.subjects])}>
          <h3>
            {matrix.subjects.join(', ')} <span class="aspect">{matrix.aspect}</span>
          </h3>
          <p class="meta">{matrix.summary}</p>
          <MatrixGrid matrix={matrix} results={results} stories={stories} />
          <Unfold summary="What was explored">
            {() => <Scopes matrix={matrix} within={results.options.within[matrix.aspect] ?? ''} />}
          </Unfold>
        </div>
      ))}
      <Legend results={results} />
    </section>
  );
}

/** What had to hold and does not, a line each. */
function Unexpected({ stories }: { readonly stories: readonly Story[] }) {
  const unexpected = stories.filter(({ isUnexpected }) => isUnexpected);
  if (unexpected.length === 0) return null;
  return (
    <div class="unexpected">
      <h3>Required, and broken</h3>
      <ul>
        {unexpected.map(({ id, breaks, counterexample: { because, length } }) => (
          <li key={id}>
            {breaks.map(({ guarantee, faults }) => (
              <span key={guarantee}>
                <b>{guarantee}</b> by {faults.map(faultsText).join(' | ')}.{' '}
              </span>
            ))}
            <a href={`#${id}`}>In {length} steps</a>: {because}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Undecided({ results }: { readonly results: Results }) {
  const reasons = undecidedReasons(results);
  if (reasons.length === 0) return null;
  return (
    <div class="undecided">
      <h3>Undecided, which is not the same as holding</h3>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}

/** What was seen for each fault budget: a verdict holds within it and no further. */
function Scopes({ matrix, within }: { readonly matrix: Matrix; readonly within: string }) {
  return (
    <>
      <p class="meta">Bounds: {within}.</p>
      <table class="scopes">
        <thead>
          <tr>
            {['Faults', 'States', 'Moves', 'Depth', 'Whole space'].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scopesOf(matrix).map(({ faults, scope }) => (
            <tr key={faultsText(faults)}>
              <th scope="row">{faultsText(faults)}</th>
              <td class="number">{grouped(scope.states)}</td>
              <td class="number">{grouped(scope.moves)}</td>
              <td class="number">{scope.depth}</td>
              <td>{scope.complete ? 'seen' : (scope.limit ?? 'seen until all was decided')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Legend({ results: { cells, findings } }: { readonly results: Results }) {
  const about = findings.map((each) => each.about).join(', ');
  const some = cells.some(({ required }) => required) && cells.some(({ required }) => !required);
  return (
    <p class="meta legend">
      {some && 'What is framed is required; the rest is only reported. '}
      {about && `[F]: broken only by findings about ${about}; it holds once they are repaired. `}
      An empty cell: the guarantee says nothing of these settings, faults or bounds.
    </p>
  );
}
