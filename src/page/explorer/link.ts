/** The address of a state: `#hf1-...` is the end of a run, `#hf1-...@3` its state after three moves. */
import { signal } from '@preact/signals';

export interface Link {
  readonly token: string;
  /** After how many moves; null: after all. */
  readonly at: number | null;
}

/** What a fragment of an address asks for; null if it asks for no state. */
export function linkOf(fragment: string): Link | null {
  const [, token, at] = /^#?(hf\d+-[^@]*)(?:@(\d+))?$/.exec(fragment) ?? [];
  return token === undefined ? null : { token, at: at === undefined ? null : Number(at) };
}

/** The fragment of a state, with its `#`. */
export const fragmentOf = (token: string, at: number, length: number): string =>
  `#${token}${at === length ? '' : `@${at}`}`;

/** The fragment of the page's address, as it was last gone to. */
export const fragment = signal(globalThis.location?.hash ?? '');
globalThis.addEventListener?.('hashchange', () => {
  fragment.value = location.hash;
});

/** Writes a state's fragment into the address, without a new entry in the history. */
export function rename(to: string): void {
  history.replaceState(null, '', to);
  fragment.value = to;
}
