/** What the page tells, as it stands in it. */
import type { Results } from '../check/index.ts';
import type { Told } from '../report/told.ts';

export type { Results, Told };

/** The data that was put into the page when it was written. */
export function readTold(page: Document): Told {
  const text = page.getElementById('told')?.textContent ?? 'null';
  return (JSON.parse(text) as Told | null) ?? { results: null };
}
