import { readFileSync, writeFileSync } from 'node:fs';
import { carryOut, documents } from './docs.ts';

// npm run docs [NAME ...]
// Writes what the commands of README.md and docs/ print now; what changed is for a reader to judge.
const wanted = process.argv.slice(2);
for (const path of documents()) {
  if (wanted.length > 0 && !wanted.some((each) => path.includes(each))) continue;
  const before = readFileSync(path, 'utf8');
  const { text, typeErrors } = carryOut(before);
  if (typeErrors !== '') process.stderr.write(`${path}: ${typeErrors}`);
  if (text !== before) writeFileSync(path, text);
  process.stdout.write(`${path} ${text === before ? 'is unchanged' : 'is written anew'}.\n`);
}
