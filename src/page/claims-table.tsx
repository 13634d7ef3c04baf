/** What every claim says of every state of a run. */
import type { Counterexample } from '../check/index.ts';
import { plainText } from './diagram/changes.ts';

type Claim = Counterexample['claims'][number];
type Judgement = Claim['judged'][number];

/** What the claim says after step `step`. */
export const judgedAt = ({ judged }: Claim, step: number): Judgement =>
  judged.findLast((each) => each.step <= step)!;

export function ClaimsTable({ counterexample }: { readonly counterexample: Counterexample }) {
  const { claims, claim: broken, length } = counterexample;
  const steps = Array.from({ length: length + 1 }, (_, step) => step);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <figure class="scroll" tabIndex={0} aria-label="What every claim says after each step">
      <table class="claims">
        <thead>
          <tr>
            <th scope="col">Claim, after step</th>
            {steps.map((step) => (
              <th scope="col" key={step}>
                {step === 0 ? 'start' : step}
              </th>
            ))}
            <th scope="col">At the end</th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <tr key={claim.name} class={claim.name === broken ? 'broken' : ''}>
              <th scope="row">{claim.name}</th>
              {steps.map((step) => (
                <td key={step}>
                  <Truth claim={claim} judgement={judgedAt(claim, step)} />
                </td>
              ))}
              <td>{toldOf(judgedAt(claim, length))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** Of an `always` claim whether it is kept, of a `recovers` claim whether the good state is there. */
function Truth({ claim, judgement }: { readonly claim: Claim; readonly judgement: Judgement }) {
  const isFine = judgement.because === null;
  const [glyph, word] =
    claim.modality === 'always'
      ? isFine
        ? ['✓', 'kept']
        : ['✗', 'broken']
      : isFine
        ? ['•', 'well']
        : ['◦', 'not well'];
  return (
    <span class={`truth ${isFine ? 'fine' : claim.modality}`} title={toldOf(judgement)}>
      <span aria-hidden="true">{glyph}</span>
      <span class="unseen">{word}</span>
    </span>
  );
}

function toldOf({ because, witness }: Judgement): string {
  if (because === null) return '';
  return witness === null ? because : `${because} (${plainText(witness)})`;
}
