/**
 * How long something takes, as a distribution, and the seeded streams of numbers it is drawn from.
 *
 * A draw takes exactly one number of its stream and grows with it. So two runs that differ in one
 * setting stay in step, and what differs between them is the setting's doing, not chance's (common
 * random numbers). Box-Muller takes two, and rejection takes as many as it happens to need.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export type Spread =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly p95: number }
  | { readonly kind: 'exponential'; readonly mean: number };

/** A stream of numbers in [0, 1). */
export type Uniform = () => number;

/** Milliseconds, never negative, always finite. */
export function draw(spread: Spread, uniform: Uniform): number {
  return quantile(spread, uniform());
}

/** What a share `at` of all draws stays below; `at` in [0, 1). */
export function quantile(spread: Spread, at: number): number {
  switch (spread.kind) {
    case 'fixed':
      return spread.ms;
    case 'uniform':
      return spread.from + (spread.to - spread.from) * at;
    case 'lognormal':
      return spread.median * (spread.p95 / spread.median) ** (normalQuantile(at) / NORMAL_P95);
    case 'exponential':
      return -spread.mean * Math.log(1 - at);
  }
}

/** The mean of all draws. */
export function mean(spread: Spread): number {
  switch (spread.kind) {
    case 'fixed':
      return spread.ms;
    case 'uniform':
      return (spread.from + spread.to) / 2;
    case 'lognormal': {
      const sigma = Math.log(spread.p95 / spread.median) / NORMAL_P95;
      return spread.median * Math.exp(sigma ** 2 / 2);
    }
    case 'exponential':
      return spread.mean;
  }
}

/**
 * The stream for a seed and a name: the same pair gives the same numbers on every machine, and
 * streams of other names or other seeds have nothing to do with it.
 */
export function streamOf(seed: number, name: string): Uniform {
  const state = [0, 1, 2, 3].map((word) => scramble(fnv1a(`${word} ${seed} ${name}`)));
  const generator = xoroshiro128plusFromState(state);
  return () => uniformFloat64(generator);
}

/** Fowler, Noll and Vo's hash of a text, over its UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** FNV leaves texts that end alike close to each other; this spreads every bit over the word. */
function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Where 95 % of a standard normal distribution lie below. */
const NORMAL_P95 = 1.6448536269514722;
/** Half of the smallest step of a stream: keeps the tails finite, at 8.3 standard deviations. */
const SMALLEST = 2 ** -54;

/**
 * The standard normal distribution's quantile: Wichura's rational approximation (Applied Statistics
 * 37, 1988, algorithm AS 241, the shorter of the two), right to 7 digits.
 */
function normalQuantile(at: number): number {
  const centred = at - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (
      (centred * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const tail = Math.sqrt(-Math.log(Math.max(centred < 0 ? at : 1 - at, SMALLEST)));
  return Math.sign(centred) * (tail <= 5 ? shoulder(tail - 1.6) : farTail(tail - 5));
}

function shoulder(r: number): number {
  return (
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
    ((0.12021132975 * r + 0.7370016425) * r + 1)
  );
}

function farTail(r: number): number {
  return (
    (((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115) /
    ((0.012258202635 * r + 0.24197894225) * r + 1)
  );
}
