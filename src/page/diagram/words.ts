/** Texts of the diagram in lines, by widths that no usual font exceeds. */

/** Pixels that a character takes, at most: monospaced labels, and sentences in the page's font. */
export const LABEL_CHARACTER = 6.4;
export const SENTENCE_CHARACTER = 7.2;

/** `text` in lines of at most `columns` characters, broken at spaces, and within a word that is longer. */
export function linesOf(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A word that is wider than a line in as many pieces as it takes; after a dot or a bar if there is one. */
function pieces(word: string, columns: number): string[] {
  const found: string[] = [];
  let rest = word;
  while (rest.length > columns) {
    const head = rest.slice(0, columns);
    const cut = Math.max(head.lastIndexOf('.'), head.lastIndexOf('_'), head.lastIndexOf('-')) + 1;
    const length = cut > columns / 3 ? cut : columns;
    found.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...found, rest];
}
