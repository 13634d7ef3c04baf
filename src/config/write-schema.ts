import { writeFileSync } from 'node:fs';
import { holdfastJsonSchema } from './json-schema.ts';

// node --import tsx src/config/write-schema.ts
// Writes the published schema anew; a test fails while it differs from the one in the code.
writeFileSync(new URL('../../schema/holdfast.schema.json', import.meta.url), holdfastJsonSchema());
