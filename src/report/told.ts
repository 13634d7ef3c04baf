/** What is put into the page: everything that it tells, as plain data. */
import type { Results } from '../check/index.ts';

export interface Told {
  /** Null on a page that waits for configuration files. */
  readonly results: Results | null;
}
