/** What changed between two texts, line by line, for somebody who reviews it. */

/**
 * The lines that went (`-`) and came (`+`), each run of them below the heading it stands under
 * (a line that begins with `==`); empty if the texts are equal.
 */
export function lineDiff(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const common = lengths(old, now);
  const told: string[] = [];
  let heading = '';
  let toldHeading = '';
  let [i, j] = [0, 0];
  const tell = (sign: string, line: string): void => {
    if (heading !== toldHeading) told.push(heading);
    toldHeading = heading;
    told.push(`${sign} ${line}`);
  };
  while (i < old.length || j < now.length) {
    const isCommon = i < old.length && j < now.length && old[i] === now[j];
    if (isCommon) {
      if (old[i]!.startsWith('==')) heading = old[i]!;
      i++;
      j++;
    } else if (j === now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      tell('-', old[i++]!);
    } else {
      tell('+', now[j++]!);
    }
  }
  return told;
}

/** Length of the longest common subsequence of what follows line `i` of one and `j` of the other. */
function lengths(old: readonly string[], now: readonly string[]): Int32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Int32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i]![j] =
        old[i] === now[j]
          ? table[i + 1]![j + 1]! + 1
          : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
