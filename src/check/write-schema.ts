import { writeFileSync } from 'node:fs';
import { resultsJsonSchema } from './json-schema.ts';

// node --import tsx src/check/write-schema.ts
// Writes the published schema anew; a test fails while it differs from the one in the code.
writeFileSync(new URL('../../schema/results.schema.json', import.meta.url), resultsJsonSchema());
