import { mkdirSync, writeFileSync } from 'node:fs';
import { site } from './site.ts';

mkdirSync('reports/site', { recursive: true });
writeFileSync('reports/site/index.html', site());
process.stdout.write('reports/site/index.html is written.\n');
