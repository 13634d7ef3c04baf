/** Writes the workloads beside it: `npm run workloads`. */
import { writeFileSync } from 'node:fs';
import { clickstream } from './clickstream.ts';
import { sensors } from './sensors.ts';

writeFileSync(new URL('clickstream.csv', import.meta.url), clickstream());
writeFileSync(new URL('sensors.csv', import.meta.url), sensors());
