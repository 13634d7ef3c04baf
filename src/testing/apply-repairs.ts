import { appliedRepairs } from './applied-repairs.ts';

// npm run repairs -- FOLDER... [-- --bounds tiny ...]
// Checks each folder, writes every repair into a copy of it, checks that, and prints a table.
const all = process.argv.slice(2);
const from = all.findIndex((each) => each.startsWith('--'));
const folders = from < 0 ? all : all.slice(0, from);
const flags = from < 0 ? [] : all.slice(from);
for (const folder of folders) {
  const { ended, applied } = appliedRepairs(folder, ...flags);
  const verdict = ended.results?.verdict ?? 'unusable';
  console.log(`\n${folder}: exit ${ended.code}, ${ended.seconds} s, ${verdict}\n`);
  if (applied.length === 0) continue;
  console.log('| subjects | guarantee | faults | repair | before | after |');
  console.log('|---|---|---|---|---|---|');
  for (const { subjects, guarantee, faults, repair, before, after } of applied) {
    const row = [subjects, guarantee, faults, repair.join('<br>'), before, after ?? '-'];
    console.log(`| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`);
  }
}
