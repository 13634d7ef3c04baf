/** One story: how something is broken, drawn and in words. */
import type { Counterexample } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import { counted, listed } from '../report/text.ts';
import { ClaimsTable } from './claims-table.tsx';
import { Command } from './command.tsx';
import { checkCommand, replayCommand } from './commands.ts';
import { Course } from './course.tsx';
import { plainText } from './diagram/changes.ts';
import { RepairText } from './repair/repair.tsx';
import type { Story } from './stories.ts';
import type { Results } from './told.ts';
import { Unfold } from './unfold.tsx';

interface Props {
  readonly story: Story;
  readonly results: Results;
  readonly isOpen: boolean;
}

export function StoryView({ story, results, isOpen }: Props) {
  const { counterexample, breaks, isUnexpected, id } = story;
  return (
    <Unfold
      id={id}
      class={isUnexpected ? 'story unexpected' : 'story'}
      isOpen={isOpen}
      summary={
        <>
          {breaks.map(({ guarantee, faults }) => (
            <span class="title" key={guarantee}>
              <b>{guarantee}</b> is broken by {faults.map(faultsText).join(' | ')}
            </span>
          ))}
          <span class="meta">
            {listed(story.cells[0]!.subjects)}: {howShort(counterexample)}
            {story.isOnlyByFindings && ', only by findings'}
          </span>
        </>
      }
    >
      {() => <Body story={story} results={results} />}
    </Unfold>
  );
}

const howShort = ({ length, shortest }: Counterexample): string =>
  `${counted(length, 'step')}; ${shortest ? 'no shorter way exists' : 'found by random runs, shrunk'}`;

function Body({ story, results }: Omit<Props, 'isOpen'>) {
  const { counterexample, cells } = story;
  const { replay } = counterexample;
  return (
    <>
      <Course counterexample={counterexample} label={`Space-time diagram of ${titleOf(story)}`} />
      <RepairText cells={cells} />
      <Command text={replayCommand(replay)} />
      <Command text={checkCommand(cells[0]!, results)} />
      <p class="controls">
        <a href={`#${replay}`}>Step through it in the explorer</a>
      </p>
      <Unfold summary="What every claim says at each step">
        {() => <ClaimsTable counterexample={counterexample} />}
      </Unfold>
      <Unfold summary="Everything that changed">
        {() => <Everything counterexample={counterexample} />}
      </Unfold>
    </>
  );
}

const titleOf = ({ breaks }: Story): string => listed(breaks.map(({ guarantee }) => guarantee));

/** Every value that changed, in full. */
function Everything({ counterexample }: { readonly counterexample: Counterexample }) {
  const rows = counterexample.steps.flatMap(({ changed }, i) =>
    Object.entries(changed).flatMap(([component, fields]) =>
      Object.entries(fields).map(([field, values]) => ({ step: i + 1, component, field, values })),
    ),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <figure class="scroll" tabIndex={0} aria-label="Everything that changed">
      <table class="changes">
        <thead>
          <tr>
            {['Step', 'Component', 'Field', 'Before', 'After'].map((title) => (
              <th scope="col" key={title}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, component, field, values: [before, after] }) => (
            <tr key={`${step} ${component} ${field}`}>
              <td>{step}</td>
              <th scope="row">{component}</th>
              <td>{field}</td>
              <td>{plainText(before)}</td>
              <td>{plainText(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
