/** A verdict: always a word and a glyph, colour only repeats them. */
import type { Verdict as Word } from '../check/index.ts';

const GLYPHS: Record<Word, string> = { holds: '✓', broken: '✗', undecided: '?' };

export function Verdict({ verdict }: { readonly verdict: Word }) {
  return (
    <span class={`verdict ${verdict}`}>
      <span aria-hidden="true">{GLYPHS[verdict]}</span> {verdict}
    </span>
  );
}
