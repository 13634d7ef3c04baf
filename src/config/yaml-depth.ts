import { CST, Lexer } from 'yaml';

/**
 * The line where a text nests deeper than `limit`, or undefined. The yaml library composes by
 * recursion, and text that nests some thousand deep ends not in an exception but in the death of
 * the process, when a regular expression is compiled on the last of the stack. Its lexer does not
 * recurse: brackets and indentation are counted on its tokens first. The count is of places where
 * something starts further right; a list at the indentation of its key counts as one with it.
 */
export function tooDeepLine(text: string, limit: number): number | undefined {
  const indents: number[] = [];
  let flow = 0;
  let line = 1;
  let column = 0;
  // Whether the next token begins a line, or a value behind "- " or "? " on the same line.
  let fresh = true;
  for (const token of new Lexer().lex(text)) {
    if (isMark(token)) continue;
    const type = CST.tokenType(token);
    if (type === 'newline') {
      fresh = true;
    } else if (type !== 'space' && type !== 'comment') {
      if (type === 'flow-map-start' || type === 'flow-seq-start') flow += 1;
      if (type === 'flow-map-end' || type === 'flow-seq-end') flow -= 1;
      if (fresh && flow === 0) {
        while (indents.length > 0 && indents.at(-1)! >= column) indents.pop();
        indents.push(column);
      }
      fresh = type === 'seq-item-ind' || type === 'explicit-key-ind';
    }
    if (indents.length + flow > limit) return line;
    const breaks = token.split('\n').length - 1;
    line += breaks;
    column = breaks === 0 ? column + token.length : 0;
  }
  return undefined;
}

/** The lexer's marks for document and scalar starts, which stand for no text. */
const isMark = (token: string): boolean =>
  token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR || token === CST.BOM;
