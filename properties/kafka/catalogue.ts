/**
 * The catalogue of known-bad designs, run: each design explored for its shortest counterexample,
 * sampled for how soon random walks find it, and written as a table.
 */
import type { Design } from '../../models/kafka/designs/index.ts';
import { type KafkaOptions, kafka, kafkaOptions, repaired } from '../../models/kafka/index.ts';
import type { Claim } from '../../src/model/index.ts';
import { explore, type Verdict } from '../../src/schedulers/explore.ts';
import { sample } from '../../src/schedulers/sample.ts';
import { kafkaClaims } from './guarantees.ts';
import { subjectOf } from './views.ts';

/** The design's own options. */
export const designOptions = ({ setting, rules }: Design): KafkaOptions =>
  kafkaOptions({ ...setting, rules: { ...repaired, ...rules } });

/** The options of the sound model in the same setting, or in what a flawed one is set to instead. */
export const soundOptions = ({ setting, soundSetting }: Design): KafkaOptions =>
  kafkaOptions({ ...setting, ...soundSetting, rules: repaired });

/** What the search says of a design: the verdict on the claim it names. */
export interface Caught {
  readonly design: Design;
  readonly claim: Claim;
  readonly verdict: Verdict;
  /** Moves of the shortest counterexample; null if there is none. */
  readonly length: number | null;
  readonly because: string | null;
}

/** Explores a design until the claim it names is decided. */
export function catchDesign(design: Design): Caught {
  const options = designOptions(design);
  const [result] = explore(kafka(options), named(design, options)).results;
  const { claim, verdict, moves, violation } = result!;
  return {
    design,
    claim,
    verdict,
    length: moves?.length ?? null,
    because: violation?.because ?? null,
  };
}

/** What random walks say of a design. */
export interface Sampled {
  /** Walks drawn. */
  readonly runs: number;
  /** The walk that found it, counted from one; null if none did. */
  readonly foundIn: number | null;
  /** Moves of that walk, shrunk. */
  readonly shrunk: number | null;
  /** Can walks judge the claim at all? That something stays reachable they cannot. */
  readonly judges: boolean;
}

/** How the catalogue is sampled: enough for most designs, and the same every time. */
export const sampling = { runs: 20_000, maxMoves: 40, seed: 1 } as const;

/** Samples a design until the claim it names fails. */
export function sampleDesign(design: Design): Sampled {
  const options = designOptions(design);
  const claims = named(design, options);
  const judges = claims[0]!.modality !== 'recovers';
  if (!judges) return { runs: 0, foundIn: null, shrunk: null, judges };
  const { runs, results } = sample(kafka(options), claims, sampling);
  const { run, moves } = results[0]!;
  return { runs, foundIn: run, shrunk: moves?.length ?? null, judges };
}

function named({ id, breaks }: Design, options: KafkaOptions): Claim[] {
  const claims = kafkaClaims(subjectOf(options)).filter(({ name }) => name === breaks);
  if (claims.length === 0)
    throw new Error(`Design ${id} names the claim '${breaks}': no such claim.`);
  return claims;
}

const headings = [
  'Design',
  'What it does',
  'Caught by',
  'Shortest',
  'Sampled runs',
  'Shrunk',
  'History',
];

/** The columns that a search decides, and those that sampling adds, as Markdown. */
export function catalogueTable(
  results: readonly { readonly caught: Caught; readonly sampled: Sampled }[],
): string {
  const rows = results.map(({ caught, sampled }) => [
    ...searched(caught),
    ...walked(sampled, caught.length),
    caught.design.history,
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** A row's columns that a search decides. */
export const searched = ({ design, verdict, length }: Caught): string[] => [
  design.id,
  design.does,
  `\`${design.breaks}\``,
  verdict === 'broken' ? `${length}` : verdict,
];

function walked({ runs, foundIn, shrunk, judges }: Sampled, shortest: number | null): string[] {
  if (!judges) return ['not by walks', ''];
  if (foundIn === null) return [`none in ${runs.toLocaleString('en-US')}`, ''];
  const more = shortest === null ? 0 : shrunk! - shortest;
  return [foundIn.toLocaleString('en-US'), more === 0 ? `${shrunk}` : `${shrunk} (+${more})`];
}
