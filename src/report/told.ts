/** What is put into the page: everything that it tells, as plain data. */
import type { Results } from '../check/index.ts';

export interface Told {
  /** Null on a page that waits for configuration files. */
  readonly results: Results | null;
  /** On a page that waits for files: what there is to choose from. */
  readonly choices?: Choices;
}

/** What a page that waits for files offers. */
export interface Choices {
  /** Fault classes that a deployment can be checked under. */
  readonly faults: readonly string[];
  readonly examples: Examples;
}

/** Example deployments. */
export interface Examples {
  /** Path from the repository's root -> text: some folders use the files of others. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders below `examples/`, and what each shows. */
  readonly folders: readonly { readonly name: string; readonly about: string }[];
}
