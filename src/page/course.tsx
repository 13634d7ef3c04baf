/** The course of events that breaks something: in words, drawn, and what it comes to. */
import type { Counterexample } from '../check/index.ts';
import { Diagram } from './diagram/diagram.tsx';
import type { Run } from './diagram/run.ts';

interface Props {
  readonly counterexample: Counterexample;
  /** What the diagram shows, for those who do not see it. */
  readonly label: string;
}

export function Course({ counterexample, label }: Props) {
  const { steps, because, evidence, turns } = counterexample;
  return (
    <>
      <ol class="told">
        {steps.map(({ says }, i) => (
          <li key={i}>{says.join(' ')}</li>
        ))}
      </ol>
      <Diagram run={runOf(counterexample)} label={label} />
      <p>
        <b>So {because}.</b>
      </p>
      <ul class="evidence">
        {evidence.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {turns === null && (
        <p class="meta">Which step makes it inevitable is not computed: too much can follow.</p>
      )}
    </>
  );
}

const runOf = ({ components, steps, turns, because }: Counterexample): Run => ({
  components,
  steps,
  turns,
  because,
});
