/** What both workloads are drawn and written with. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers from 0 to 1, the latter excluded. */
export type Random = () => number;

export interface Message {
  /** Milliseconds, a whole number: so times sort and print the same everywhere. */
  readonly at: number;
  readonly key: string;
  readonly size: number;
}

export function seeded(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());

/** Draws ranks from 1 under Zipf's law with exponent 1. */
export function zipf(ranks: number): (random: Random) => number {
  const sums: number[] = [];
  for (let rank = 1, sum = 0; rank <= ranks; rank++) {
    sum += 1 / rank;
    sums.push(sum);
  }
  return (random) => {
    const drawn = random() * sums.at(-1)!;
    return 1 + sums.findIndex((sum) => drawn < sum);
  };
}

/** The messages by time, and at equal times in the order they were made. */
export function csv(messages: readonly Message[]): string {
  const sorted = messages.toSorted((a, b) => a.at - b.at);
  const lines = sorted.map(({ at, key, size }) => `${(at / 1_000).toFixed(3)},${key},${size}`);
  return `timestamp,key,size\n${lines.join('\n')}\n`;
}
