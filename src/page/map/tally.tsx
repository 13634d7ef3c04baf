/** A tally as text, and as a bar. */
import { lengthText, type Tally, WORDS, type Word } from './map.ts';

export const GLYPHS: Readonly<Record<Word, string>> = {
  holds: '✓',
  broken: '✗',
  undecided: '?',
  refused: '⊘',
  silent: '–',
};

const SAID: Readonly<Record<Word, string>> = {
  holds: 'hold',
  broken: 'broken',
  undecided: 'undecided',
  refused: 'refused',
  silent: 'not asked',
};

/** The counts that are not zero. */
const parts = ({ counts }: Tally): Word[] => WORDS.filter((word) => counts[word] > 0);

/** `✗ 12 of 36`, or what all of them say. */
export function tallyText(tally: Tally): string {
  const { rows, counts, word } = tally;
  if (rows.length === 0) return 'none';
  if (word !== null) return `${GLYPHS[word]} all ${rows.length}`;
  return parts(tally)
    .map((each) => `${GLYPHS[each]} ${counts[each]}`)
    .join(' ');
}

/** The same in words, for those who hear it. */
export function saidText(tally: Tally): string {
  const { rows, counts, lengths } = tally;
  if (rows.length === 0) return 'no combination';
  const said = parts(tally).map((word) => {
    const moves = word === 'broken' && lengths ? ` ${lengthText(lengths)} moves` : '';
    return `${counts[word]} ${SAID[word]}${moves}`;
  });
  return said.join(', ');
}

/** Shares side by side. It shows what the text beside it says. */
export function Bar({ tally }: { readonly tally: Tally }) {
  let x = 0;
  return (
    <svg
      class="shares"
      viewBox={`0 0 ${tally.rows.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {parts(tally).map((word) => {
        const width = tally.counts[word];
        x += width;
        return <rect key={word} class={word} x={x - width} y="0" width={width} height="1" />;
      })}
    </svg>
  );
}
