/** The one report: results.json as a single HTML file that needs nothing else. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Told } from './told.ts';

/** Where the page's template has its data. */
const SLOT = '<script type="application/json" id="told">null</script>';

/** The template is not there: the package was not built whole. */
export class PageError extends Error {
  override name = 'PageError';
}

/**
 * The page that tells `told`.
 * @throws PageError if the template was not built.
 */
export function pageOf(told: Told): string {
  const [before, after, ...more] = template().split(SLOT);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new PageError(
      'The template of the page has no single place for its data; build it anew.',
    );
  }
  return before + SLOT.replace('null', () => embedded(told)) + after;
}

/**
 * JSON that can stand inside a script element of HTML, whatever texts it holds: no text in it can end
 * the element (`</script>`), begin a comment (`<!--`), or end a line of JavaScript (U+2028, U+2029).
 * Escapes are JSON's own, so it parses to the same value.
 */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function template(): string {
  const root = join(createRequire(import.meta.url).resolve('holdfast/package.json'), '..');
  const path = join(root, 'dist/page/report.html');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new PageError(
      `${path}: the template of the page cannot be read (${code}); build it with 'npm run build'.`,
    );
  }
}
