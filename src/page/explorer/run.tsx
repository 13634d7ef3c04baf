/** The run so far, and what came after it where one has gone back: each state can be gone to. */
import type { ToldMove } from './place.ts';

interface Props {
  readonly run: readonly ToldMove[];
  readonly at: number;
  readonly onGo: (at: number) => void;
}

export function Run({ run, at, onGo }: Props) {
  const place = (index: number) => ({
    type: 'button' as const,
    class: index > at ? 'later' : '',
    'aria-current': index === at ? ('step' as const) : undefined,
    onClick: () => onGo(index),
  });
  return (
    <ol class="run" start={0}>
      <li>
        <button {...place(0)}>The start</button>
      </li>
      {run.map(({ says, class: kind, label }, i) => (
        <li key={i} class={`by-${kind}`}>
          <button {...place(i + 1)} title={label}>
            {kind === 'fault' && <strong class="mark">Fault: </strong>}
            {says.join(' ')}
          </button>
        </li>
      ))}
    </ol>
  );
}
