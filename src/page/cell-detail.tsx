/** What a cell of the matrix says in full, with its scope and the command that repeats it. */
import type { Cell } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';
import { counted, grouped, listed } from '../report/text.ts';
import { Command } from './command.tsx';
import { checkCommand } from './commands.ts';
import { RepairText } from './repair/repair.tsx';
import { type Story, storyFor } from './stories.ts';
import type { Results } from './told.ts';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly cell: Cell;
  readonly results: Results;
  readonly stories: readonly Story[];
}

export function CellDetail({ cell, results, stories }: Props) {
  const { guarantee, faults, verdict, required, scope, warnings, withRepairs } = cell;
  const story = storyFor(stories, cell);
  return (
    <div class="detail">
      <h4>
        <Verdict verdict={verdict} /> {guarantee}, {faultsText(faults)}
        {required ? '' : ' (not required)'}
      </h4>
      {story && (
        <p>
          <a href={`#${story.id}`}>How, in {counted(story.counterexample.length, 'step')}</a>:{' '}
          {story.counterexample.because}.
        </p>
      )}
      <p>{scopeText(scope)}</p>
      {scope.start && (
        <p>
          <a href={`#${scope.start}`}>Walk through this system in the explorer</a>
        </p>
      )}
      {withRepairs && (
        <p>
          With {listed(withRepairs.findings)} repaired: {withRepairs.verdict}.
        </p>
      )}
      {warnings.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
      <RepairText cells={[cell]} />
      <Command text={checkCommand(cell, results)} />
    </div>
  );
}

/** What was explored for the verdict. */
function scopeText({
  states,
  moves,
  depth,
  complete,
  limit,
  assuming,
  sampled,
  bounds,
}: Cell['scope']) {
  const seen = `${grouped(states)} states, ${grouped(moves)} moves, depth ${depth}`;
  const within = Object.entries(bounds).map(([name, most]) => `${name} ${most}`);
  return [
    complete ? `All there is was seen: ${seen}.` : `Seen: ${seen}. ${limit ?? ''}`,
    `Bounds: ${within.join(', ')}.`,
    assuming.length > 0 ? `${listed(assuming)} taken as repaired.` : '',
    sampled ? `${counted(sampled.runs, 'random run')} after that, seed ${sampled.seed}.` : '',
  ].join(' ');
}
