/** The page: sections one below the other, and a way to each of them. */
import { MatrixSection } from './matrix-section.tsx';
import type { Told } from './told.ts';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly told: Told;
  /** Everything unfolded, nothing to press. */
  readonly onPaper: boolean;
}

export function App({ told: { results }, onPaper }: Props) {
  if (results === null) return <p>There is nothing to tell yet.</p>;
  return (
    <>
      <a class="skip" href="#verdicts">
        To the verdicts
      </a>
      <header>
        <h1>{results.deployment.name}</h1>
        <Verdict verdict={results.verdict} />
      </header>
      <main>
        <MatrixSection results={results} onPaper={onPaper} />
      </main>
    </>
  );
}
