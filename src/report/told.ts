/** What is put into the page: everything that it tells, as plain data. */
import type { Counterexample, Results, Tolerance } from '../check/index.ts';
import type { StrikesReport } from '../coverage/schema.ts';
import type { ExperimentTold } from '../experiment/told.ts';
import type { SweepRow } from '../sweep/cell.ts';
import type { Packed } from './packed.ts';

/** How a known-bad design is caught: the shortest run that breaks the claim it names. */
export type DesignRun = Pick<Counterexample, 'components' | 'steps' | 'turns' | 'because'> & {
  readonly area: string;
  readonly id: string;
};

/** A machine's statechart, drawn. */
export interface Chart {
  readonly machine: string;
  /** An SVG document, by Graphviz. */
  readonly svg: string;
}

/** What the project's own suites took of the machines of a model. */
export interface CoverageTold {
  readonly about: string;
  /** How much was searched, as a sentence. */
  readonly seen: string;
  readonly charts: readonly Chart[];
  readonly strikes: readonly StrikesReport[];
  /** Edges and failure paths, by what is said of them. */
  readonly paths: readonly { readonly title: string; readonly list: readonly string[] }[];
}

export interface Told {
  /** Null where nothing was checked: on a page of a map alone, or one that waits for files. */
  readonly results: Results | null;
  /** The rows of a safety map. */
  readonly map?: Packed<readonly SweepRow[]>;
  readonly tolerance?: Tolerance;
  /** An experiment on the virtual clock. */
  readonly experiment?: ExperimentTold;
  /** Runs of the known-bad designs. */
  readonly designs?: Packed<readonly DesignRun[]>;
  readonly coverage?: Packed<readonly CoverageTold[]>;
  /** On a page that waits for files: what there is to choose from. */
  readonly choices?: Choices;
}

/** What a page that waits for files offers. */
export interface Choices {
  /** Fault classes that a deployment can be checked under. */
  readonly faults: readonly string[];
  readonly guarantees: readonly string[];
  /** Findings about the protocols, by their names. */
  readonly findings: readonly string[];
  readonly examples: Examples;
}

/** Example deployments. */
export interface Examples {
  /** Path from the repository's root -> text: some folders use the files of others. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders below `examples/`, and what each shows. */
  readonly folders: readonly { readonly name: string; readonly about: string }[];
}
