/** What the page tells of an experiment, as plain data. */

export interface ExperimentTold {
  readonly title: string;
  /** What repeats it. */
  readonly command: string;
  readonly figures: readonly FigureTold[];
  readonly tables: readonly TableTold[];
  /** What the figures say, a paragraph each. */
  readonly reading: readonly string[];
}

export interface FigureTold {
  readonly title: string;
  readonly caption: string;
  /** An SVG document. */
  readonly svg: string;
  /** The numbers that are drawn. */
  readonly csv: string;
  /** What repeats it, where that is not the command of the whole experiment. */
  readonly command?: string;
}

export interface TableTold {
  readonly title: string;
  readonly columns: readonly string[];
  /** A row's first entry is its heading; numbers are set to the right. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}
