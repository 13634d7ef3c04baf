/** Repairs put to the test: their lines written into a copy of the files, and the copy checked. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'pathe';
import { type Cell, faultsText, type Repair, type Results, resultsSchema } from '../check/index.ts';
import { diskFiles, readDeployment } from '../config/disk.ts';
import { editedFiles } from '../config/index.ts';

/** A repair, and what was said of what it mends before it was written and after. */
export interface Applied {
  readonly subjects: string;
  readonly guarantee: string;
  /** The budgets under which it is to mend it. */
  readonly faults: string;
  /** The lines, or in words what is left to do by hand. */
  readonly repair: string[];
  readonly before: string;
  /** Null where there are no lines to write. */
  readonly after: string | null;
}

/** What the command ended with. */
export interface Ended {
  readonly code: number | null;
  readonly seconds: number;
  readonly results: Results | null;
}

/** Checks a folder as a person does. */
export function checked(folder: string, ...flags: readonly string[]): Ended {
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-results-'));
  const json = join(scratch, 'results.json');
  try {
    const { status } = spawnSync(
      'node',
      ['bin/holdfast.js', 'check', folder, '--json', json, ...flags],
      { encoding: 'utf8', stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status === 2) return { code: status, seconds: 0, results: null };
    const results = resultsSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
    return { code: status, seconds: results.run.seconds, results };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Checks a folder, then for each repair of it a copy with the repair's lines.
 * @param flags of `holdfast check`.
 */
export function appliedRepairs(
  folder: string,
  ...flags: readonly string[]
): { ended: Ended; applied: Applied[] } {
  const ended = checked(folder, ...flags);
  const cells = ended.results?.cells.filter(({ repair }) => repair !== null) ?? [];
  const keyOf = ({ subjects, guarantee, repair }: Cell): string =>
    JSON.stringify([subjects, guarantee, repair]);
  const after = new Map<string, Results | null>();
  const applied = [...new Set(cells.map(keyOf))].map((key): Applied => {
    const own = cells.filter((cell) => keyOf(cell) === key);
    const { subjects, guarantee, repair } = own[0] as Cell & { repair: Repair };
    const edits = JSON.stringify(repair.edits);
    if (repair.edits && !after.has(edits)) after.set(edits, written(folder, repair, flags));
    const found = after.get(edits);
    return {
      subjects: subjects.join(', '),
      guarantee,
      faults: own.map(({ faults }) => faultsText(faults)).join(' | '),
      repair: textOf(repair),
      before: verdictsOf(own),
      after: found ? verdictsOf(own.flatMap((cell) => sameCells(cell, found))) : null,
    };
  });
  return { ended, applied };
}

function textOf({ changes, edits, byHand, says }: Repair): string[] {
  if (changes.length === 0) return [says];
  if (!edits) {
    const all = changes.map(({ key, from, to }) => `${key} ${from} -> ${to}`);
    return [...all, ...byHand.map((sentence) => `By hand: ${sentence}`)];
  }
  return edits.map(({ file, line, after }) => `${basename(file)}:${line} ${after.trim()}`);
}

/** A cell's verdict; with findings repaired, where only they are left. */
function verdictsOf(cells: readonly Cell[]): string {
  const said = cells.map(({ verdict, withRepairs }) =>
    verdict === 'broken' && withRepairs?.verdict === 'holds'
      ? 'holds with findings repaired'
      : verdict,
  );
  return [...new Set(said)].sort().join(', ') || 'not judged';
}

const sameCells = ({ subjects, guarantee, faults }: Cell, { cells }: Results): Cell[] =>
  cells.filter(
    (other) =>
      other.guarantee === guarantee &&
      faultsText(other.faults) === faultsText(faults) &&
      other.subjects.some((name) => subjects.includes(name)),
  );

/** The verdicts of a copy of the folder with the repair's lines written into its files. */
function written(folder: string, { edits }: Repair, flags: readonly string[]): Results | null {
  const { files } = readDeployment([folder]);
  const now = editedFiles(diskFiles, edits ?? []);
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-repaired-'));
  // Beside the folder as it is, for files may name others by their place.
  const placeOf = (path: string): string => join(scratch, resolve(path));
  try {
    cpSync(resolve(folder), placeOf(folder), { recursive: true });
    for (const file of files) {
      mkdirSync(dirname(placeOf(file)), { recursive: true });
      writeFileSync(placeOf(file), now.read(file, Number.MAX_SAFE_INTEGER));
    }
    return checked(placeOf(folder), '--no-repair', ...flags).results;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
