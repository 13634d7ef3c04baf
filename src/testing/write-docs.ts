import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { carryOut } from './docs.ts';

// npm run docs [NAME ...]
// Writes what the commands of docs/ print now; what changed is for a reader to judge.
const wanted = process.argv.slice(2);
for (const name of readdirSync('docs')) {
  if (wanted.length > 0 && !wanted.some((each) => name.includes(each))) continue;
  const before = readFileSync(`docs/${name}`, 'utf8');
  const { text, typeErrors } = carryOut(before);
  if (typeErrors !== '') process.stderr.write(`docs/${name}: ${typeErrors}`);
  if (text !== before) writeFileSync(`docs/${name}`, text);
  process.stdout.write(`docs/${name} ${text === before ? 'is unchanged' : 'is written anew'}.\n`);
}
