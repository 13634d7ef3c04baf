/**
 * The candidate that `word` was most likely meant to be, or undefined. Spelling styles count as
 * equal (`minInsyncReplicas`, `min_insync_replicas`); otherwise one slip is allowed in a short word
 * and two in a word of twelve letters or more, a slip being a letter too many, too few, wrong, or
 * two swapped.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const allowed = word.length < 12 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    const distance = plain(word) === plain(candidate) ? 0 : slips(word, candidate, allowed);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Words in a list, the closest first when there is one: `did you mean X? Known: ...`. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const match = closest(word, candidates);
  const known = `known are ${candidates.join(', ')}`;
  return match === undefined ? known : `did you mean ${match}? (${known})`;
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_.]/g, '');

/** Edit distance with swaps (optimal string alignment); above `limit` any larger number. */
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
