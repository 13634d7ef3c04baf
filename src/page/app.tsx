/** The page: sections one below the other, and a way to each of them. */
import { useEffect, useMemo } from 'preact/hooks';
import { counted, listed } from '../report/text.ts';
import { CatalogueSection } from './catalogue-section.tsx';
import { CoverageSection } from './coverage-section.tsx';
import { ExperimentSection } from './experiment/experiment-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { MapSection } from './map/map-section.tsx';
import { tallyOf } from './matrix.ts';
import { MatrixSection } from './matrix-section.tsx';
import { NotesSection, notesOf } from './notes-section.tsx';
import { OnPaper } from './paper.ts';
import { reveal } from './reveal.ts';
import { SettingsSection } from './settings-section.tsx';
import { storiesOf } from './stories.ts';
import { StoriesSection } from './stories-section.tsx';
import type { Results, Told } from './told.ts';
import { ToleranceSection } from './tolerance/tolerance-section.tsx';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly told: Told;
  /** Everything unfolded, nothing to press. */
  readonly onPaper: boolean;
  /** Shows what a check begun in this page has found. */
  readonly onResults: (results: Results) => void;
}

export function App({ told, onPaper, onResults }: Props) {
  const { results } = told;
  return (
    <OnPaper.Provider value={onPaper}>
      {results ? (
        <Report results={results} told={told} onResults={onResults} />
      ) : (
        <Alone told={told} onResults={onResults} />
      )}
    </OnPaper.Provider>
  );
}

interface PartProps {
  readonly told: Told;
  readonly onResults: Props['onResults'];
}

/** A map, frontiers or an experiment, without a check. */
function Alone({ told: { map, tolerance, experiment }, onResults }: PartProps) {
  const alone = tolerance ? `${tolerance.deployment}: tolerance` : (experiment?.title ?? '');
  const title = map ? 'Safety map' : alone;
  useEffect(() => {
    document.title = title;
    return reveal();
  }, [title]);
  return (
    <>
      <header>
        <h1>Holdfast</h1>
      </header>
      <main>
        {map !== undefined && <MapSection map={map} onResults={onResults} />}
        {tolerance !== undefined && <ToleranceSection tolerance={tolerance} />}
        {experiment !== undefined && <ExperimentSection experiment={experiment} />}
      </main>
      <footer>This page loads nothing and sends nothing.</footer>
    </>
  );
}

function Report({ results, told, onResults }: PartProps & { readonly results: Results }) {
  const { designs, coverage, map, tolerance, experiment } = told;
  const stories = useMemo(() => storiesOf(results), [results]);
  useEffect(() => {
    document.title = `${results.deployment.name}: ${words[results.verdict]}`;
    return reveal();
  }, [results]);
  const sections: [id: string, title: string, isThere: boolean][] = [
    ['verdicts', 'Verdicts', true],
    ['counterexamples', 'Counterexamples', stories.length > 0],
    ['tolerance', 'Tolerance', tolerance !== undefined],
    ['map', 'Safety map', map !== undefined],
    ['experiments', 'Experiments', experiment !== undefined],
    ['settings', 'Settings', true],
    ['findings', 'Findings', results.findings.length > 0],
    ['notes', 'Notes', notesOf(results).length > 0],
    ['coverage', 'Coverage', coverage !== undefined],
    ['catalogue', 'Known-bad designs', true],
  ];
  return (
    <>
      <a class="skip" href="#verdicts">
        To the verdicts
      </a>
      <header>
        <Head results={results} />
        <nav aria-label="Sections">
          {sections
            .filter(([, , isThere]) => isThere)
            .map(([id, title]) => (
              <a key={id} href={`#${id}`}>
                {title}
              </a>
            ))}
        </nav>
      </header>
      <main>
        <MatrixSection results={results} stories={stories} />
        <StoriesSection results={results} stories={stories} />
        {tolerance !== undefined && <ToleranceSection tolerance={tolerance} />}
        {map !== undefined && <MapSection map={map} onResults={onResults} />}
        {experiment !== undefined && <ExperimentSection experiment={experiment} />}
        <SettingsSection results={results} />
        <FindingsSection results={results} />
        <NotesSection results={results} />
        {coverage !== undefined && <CoverageSection coverage={coverage} />}
        <CatalogueSection designs={designs} />
      </main>
      <footer>
        Holdfast {results.tool.version}. {counted(results.cells.length, 'cell')} in{' '}
        {results.run.seconds.toFixed(1)} s. This page loads nothing and sends nothing.
      </footer>
    </>
  );
}

const words = {
  holds: 'it holds',
  broken: 'it does not hold',
  undecided: 'undecided',
} as const;

function Head({ results }: { readonly results: Results }) {
  const { name, kafkaVersion, behaviour, files } = results.deployment;
  const tally = tallyOf(results);
  const counts = (['broken', 'undecided', 'holds'] as const)
    .filter((verdict) => tally[verdict] > 0)
    .map((verdict) => `${tally[verdict]} ${verdict === 'holds' ? 'hold' : verdict}`);
  const required = results.guarantees.filter((each) => each.required).map((each) => each.name);
  const as = kafkaVersion.startsWith(behaviour) ? '' : `, checked as ${behaviour}`;
  return (
    <>
      <h1>
        {name} <Verdict verdict={results.verdict} />
      </h1>
      <p>
        Of what is required ({listed(required)}): {listed(counts) || 'nothing was checked'}. Kafka{' '}
        {kafkaVersion}
        {as}. From {listed(files)}.
      </p>
    </>
  );
}
