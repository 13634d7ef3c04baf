/** The moves that are possible, by who wants them and at whom they are aimed. */
import type { StimulusClass } from '../../model/index.ts';
import { groupBy } from '../group.ts';
import type { Sight, Step, ToldMove } from './place.ts';

const HEADINGS: Record<StimulusClass, string> = {
  client: 'Clients',
  protocol: 'The protocol',
  fault: 'Faults',
  repair: 'Repairs',
};

interface Props {
  readonly sight: Sight;
  readonly onTake: (move: Step) => void;
}

export function Next({ sight: { enabled, budget }, onTake }: Props) {
  if (enabled.length === 0) return <p>Nothing: here the system rests.</p>;
  const words = ({ says }: ToldMove): string => says.join(' ');
  const isAlone = (move: ToldMove): boolean =>
    enabled.filter((other) => words(other) === words(move)).length === 1;
  const price = ({ cost }: ToldMove): string[] =>
    Object.entries(cost).map(([fault, amount]) => {
      const { left, of } = budget.find((each) => each.fault === fault) ?? { left: 0, of: 0 };
      return `${fault}: takes ${amount}, ${left} of ${of} left`;
    });
  return (
    <>
      {groupBy(enabled, (move) => move.class).map((moves) => (
        <section key={moves[0]!.class} class={`moves by-${moves[0]!.class}`}>
          <h3>{HEADINGS[moves[0]!.class]}</h3>
          {groupBy(moves, ({ component }) => component).map((own) => (
            <div key={own[0]!.component} class="component-moves">
              <h4>{own[0]!.component}</h4>
              <ul>
                {own.map((move) => (
                  <li key={move.label}>
                    <button type="button" onClick={() => onTake(move.move)} title={move.label}>
                      {words(move)}
                      {!isAlone(move) && <small> ({move.label})</small>}
                      {price(move).map((text) => (
                        <small key={text} class="price">
                          {text}
                        </small>
                      ))}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </>
  );
}
