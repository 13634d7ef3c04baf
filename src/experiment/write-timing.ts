/** Writes the tables of time for readers: `npm run timing`. */
import { writeFileSync } from 'node:fs';
import { timingPage } from './timing-page.ts';

writeFileSync(new URL('../../docs/timing.md', import.meta.url), timingPage());
