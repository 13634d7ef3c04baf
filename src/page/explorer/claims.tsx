/** What each claim says of the state that is looked at: truth, why, and on what evidence. */
import type { ComponentChildren } from 'preact';
import type { Judged } from './place.ts';
import { textOf } from './values.ts';

const HEADINGS = {
  always: 'Must always hold',
  sometimes: 'Must be possible',
  recovers: 'Must come back (a search says whether it does)',
} as const;

/** How a claim stands: a glyph, a word, and how it shall look. */
interface Standing {
  readonly look: 'good' | 'bad' | 'open';
  readonly glyph: string;
  readonly says: string;
}

function standing({ modality, violation, decidedAt }: Judged, at: number): Standing {
  if (modality === 'sometimes') {
    if (violation === null) return { look: 'good', glyph: '✓', says: 'is met here' };
    return decidedAt === null
      ? { look: 'open', glyph: '○', says: 'not met so far' }
      : { look: 'good', glyph: '✓', says: `was met ${after(decidedAt)}` };
  }
  if (modality === 'recovers') {
    return violation === null
      ? { look: 'good', glyph: '✓', says: 'is so here' }
      : { look: 'open', glyph: '○', says: 'is not so here' };
  }
  if (violation !== null) {
    const since = decidedAt === at ? 'fails here' : `fails, first ${after(decidedAt!)}`;
    return { look: 'bad', glyph: '✗', says: since };
  }
  return decidedAt === null
    ? { look: 'good', glyph: '✓', says: 'holds so far' }
    : { look: 'bad', glyph: '✗', says: `has failed ${after(decidedAt)}` };
}

const after = (moves: number): string => (moves === 0 ? 'at the start' : `after move ${moves}`);

interface Props {
  readonly claims: readonly Judged[];
  readonly at: number;
}

export function Claims({ claims, at }: Props) {
  const of = (modality: Judged['modality']): Judged[] =>
    claims.filter((claim) => claim.modality === modality);
  const situations = of('sometimes');
  const met = situations.filter(({ decidedAt }) => decidedAt !== null).length;
  return (
    <>
      {(['always', 'recovers'] as const).map((modality) => (
        <section key={modality} class="claims">
          <h3>{HEADINGS[modality]}</h3>
          <List claims={of(modality)} at={at} />
        </section>
      ))}
      <details class="claims">
        <summary>
          {HEADINGS.sometimes}: {met} of {situations.length} met so far
        </summary>
        <List claims={situations} at={at} />
      </details>
    </>
  );
}

function List({ claims, at }: Props) {
  return (
    <ul>
      {claims.map((claim) => (
        <Item key={claim.name} claim={claim} standing={standing(claim, at)} />
      ))}
    </ul>
  );
}

function Item({ claim, standing: { look, glyph, says } }: { claim: Judged; standing: Standing }) {
  const { name, means, violation, modality } = claim;
  const why: ComponentChildren = violation && modality !== 'sometimes' && (
    <>
      <p class="because">Because: {violation.because}.</p>
      {violation.witness !== undefined && <p class="witness">{textOf(violation.witness)}</p>}
    </>
  );
  return (
    <li class={look}>
      <details>
        <summary>
          <span aria-hidden="true" class="glyph">
            {glyph}
          </span>{' '}
          <strong>{name}</strong> {says}
        </summary>
        <p class="means">{means}</p>
        {look !== 'bad' && why}
      </details>
      {look === 'bad' && why}
    </li>
  );
}
