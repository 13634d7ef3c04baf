/** The version of this package. */
import { createRequire } from 'node:module';

/** As package.json states it, from which this package also knows its own name. */
export function toolVersion(): string {
  const require = createRequire(import.meta.url);
  return (require('holdfast/package.json') as { version: string }).version;
}
