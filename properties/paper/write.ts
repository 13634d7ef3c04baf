/** Writes the verdicts on the paper's statements: `npm run baseline:paper`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { explore } from '../../src/schedulers/explore.ts';
import { paperStatements } from './index.ts';
import { judge } from './statement.ts';
import { paperTable } from './table.ts';

const file = new URL('../../reports/baseline/paper.md', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, paperTable(judge(paperStatements(), explore)));
