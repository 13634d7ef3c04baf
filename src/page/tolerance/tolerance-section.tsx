/** The tolerance frontier: how many faults, and of which kinds, each guarantee survives. */
import type { Frontier, Tolerance } from '../../check/index.ts';
import { faultsText } from '../../check/rows.ts';
import { counted, listed } from '../../report/text.ts';
import { Command } from '../command.tsx';
import { replayCommand } from '../commands.ts';
import { Course } from '../course.tsx';
import { Unfold } from '../unfold.tsx';
import { aloneOf, bareOf, kindsOf, type Mark, togetherOf, type Word } from './frontier.ts';
import './tolerance.css';

const keyOf = ({ aspect, subjects, guarantee }: Frontier): string =>
  JSON.stringify([aspect, subjects, guarantee]);

export function ToleranceSection({ tolerance }: { readonly tolerance: Tolerance }) {
  const { deployment, most, bounds, accept, frontiers } = tolerance;
  const broken = frontiers.filter(({ breaks }) => breaks.length > 0);
  const assumed = accept.length > 0 ? `; ${listed(accept)} taken as repaired` : '';
  return (
    <section id="tolerance">
      <h2>Tolerance</h2>
      <p class="meta">
        {deployment}, up to {counted(most, 'fault')} in one run, bounds {bounds}
        {assumed}. ✓ as many faults of the kind are survived, with nothing else; ✗ as many break it;
        ? as many are undecided.
      </p>
      <Frontiers frontiers={frontiers} />
      {broken.map((frontier, i) => (
        <FirstBreak key={keyOf(frontier)} frontier={frontier} isOpen={i === 0} />
      ))}
    </section>
  );
}

function Frontiers({ frontiers }: { readonly frontiers: readonly Frontier[] }) {
  const kinds = kindsOf(frontiers);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <figure class="scroll" tabIndex={0} aria-label="Faults that each guarantee survives">
      <table class="frontiers">
        <thead>
          <tr>
            {['Guarantee', 'no faults', ...kinds, 'in one run'].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {frontiers.map((frontier) => {
            const bare = bareOf(frontier);
            return (
              <tr key={keyOf(frontier)}>
                <th scope="row">
                  <b>{frontier.guarantee}</b>
                  <span class="meta">{listed(frontier.subjects)}</span>
                </th>
                <td>{bare && <Told mark={bare} isBare />}</td>
                {kinds.map((kind) => (
                  <td key={kind}>
                    {aloneOf(frontier, kind).map((mark) => (
                      <Told key={mark.word} mark={mark} />
                    ))}
                  </td>
                ))}
                <td class="together">
                  {togetherOf(frontier).map((mark) => (
                    <Told key={mark.faults} mark={mark} />
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </figure>
  );
}

const SHOWN: Readonly<Record<Word, readonly [glyph: string, verdict: string, said: string]>> = {
  survives: ['✓', 'holds', 'survives'],
  breaks: ['✗', 'broken', 'is broken by'],
  undecided: ['?', 'undecided', 'is undecided under'],
};

/** @param isBare whether the column says already that there are no faults. */
function Told({ mark, isBare = false }: { readonly mark: Mark; readonly isBare?: boolean }) {
  const { word, faults, length } = mark;
  const [glyph, verdict, said] = SHOWN[word];
  return (
    <span class={`mark ${verdict}`}>
      <span aria-hidden="true">{glyph} </span>
      <span class="unseen">{said} </span>
      <span class={isBare ? 'unseen' : ''}>{faults}</span>
      {length !== undefined && ` in ${length}`}
    </span>
  );
}

/** How the smallest budget that breaks it does so. */
function FirstBreak({
  frontier,
  isOpen,
}: {
  readonly frontier: Frontier;
  readonly isOpen: boolean;
}) {
  const { guarantee, subjects, breaks } = frontier;
  const { faults, counterexample } = breaks[0]!;
  return (
    <Unfold
      class="story"
      isOpen={isOpen}
      summary={
        <>
          <span class="title">
            <b>{guarantee}</b> breaks first by {faultsText(faults)}
          </span>
          <span class="meta">
            {listed(subjects)}: {counted(counterexample.length, 'step')}
          </span>
        </>
      }
    >
      {() => (
        <>
          <Course
            counterexample={counterexample}
            label={`Space-time diagram of ${guarantee} under ${faultsText(faults)}`}
          />
          <Command text={replayCommand(counterexample.replay)} />
          <p class="controls">
            <a href={`#${counterexample.replay}`}>Step through it in the explorer</a>
          </p>
        </>
      )}
    </Unfold>
  );
}
