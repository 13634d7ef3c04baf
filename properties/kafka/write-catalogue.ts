/** Writes the table of known-bad designs: `npm run baseline:designs`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { kafkaDesigns } from '../../models/kafka/designs/index.ts';
import { catalogueTable, catchDesign, sampleDesign, sampling } from './catalogue.ts';

const { runs, maxMoves, seed } = sampling;
const preface = `# Known-bad designs of Kafka replication

Each design is the sound model with as little replaced as possible, in the smallest setting found in
which a claim catches it (\`models/kafka/designs/\`). *Shortest*: moves of the shortest counterexample,
by exhaustive search. *Sampled runs*: which random walk found it, of at most ${runs.toLocaleString('en-US')} with
${maxMoves} moves each, seed ${seed}. *Shrunk*: moves of that walk after shrinking, and how many more than the
shortest. That something stays reachable (\`recovers\`) no walk can refute.

Written by \`npm run baseline:designs\`.

`;

const results = kafkaDesigns.map((design) => ({
  caught: catchDesign(design),
  sampled: sampleDesign(design),
}));
const file = new URL('../../reports/baseline/designs.md', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, preface + catalogueTable(results));
