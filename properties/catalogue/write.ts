/** Writes the table of known-bad designs: `npm run baseline:designs`. It takes minutes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { entries } from './index.ts';
import { catchEntry, sampleEntry, sampling } from './judge.ts';
import { catalogueTables } from './table.ts';

const { runs, maxMoves, seed } = sampling;
const preface = `# Known-bad designs

Each design is the sound model with as little replaced as possible, in the smallest setting found in
which a claim catches it (\`designs/\` beside each model). *Shortest*: moves of the shortest
counterexample, by exhaustive search. *Sampled runs*: which random walk found it, of at most
${runs.toLocaleString('en-US')} with ${maxMoves} moves each, seed ${seed}, in every section. *Shrunk*: moves of that walk after shrinking,
and how many more than the shortest. That something stays reachable (\`recovers\`) no walk can refute.
Numbers are those of each section's own catalogue.

Written by \`npm run baseline:designs\`.

`;

const rows = entries.map((entry) => ({
  entry,
  caught: catchEntry(entry),
  sampled: sampleEntry(entry),
}));
const file = new URL('../../reports/baseline/designs.md', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, preface + catalogueTables(rows));
