/** One known-bad design, whatever it is a design of: what the table tells of it and how to judge it. */
import type { Claim, System } from '../../src/model/index.ts';

/** What every design says of itself. */
export interface Told {
  /** Number in the catalogue of its area. */
  readonly id: string;
  /** What the design does, as a true sentence about it. */
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  /** Where it comes from. */
  readonly history: string;
  /** Moves of the shortest counterexample. */
  readonly shortest: number;
}

/** The design's system, and the claim it names. */
export interface Case {
  readonly system: System;
  readonly claim: Claim;
}

export interface Entry extends Told {
  /** Heading of the section it stands in; numbers are unique in an area only. */
  readonly area: string;
  /** Built when asked for: most readers of a catalogue want a few entries. */
  readonly build: () => Case;
}

/**
 * The entry of a design.
 * @param make the design's system and all claims about it.
 */
export function entryOf(
  area: string,
  { id, does, breaks, history, shortest }: Told,
  make: () => { readonly system: System; readonly claims: readonly Claim[] },
): Entry {
  const build = (): Case => {
    const { system, claims } = make();
    const claim = claims.find(({ name }) => name === breaks);
    if (!claim) {
      const names = claims.map(({ name }) => name).join(', ');
      throw new Error(`${area}: design ${id} names the claim '${breaks}'; there are ${names}.`);
    }
    return { system, claim };
  };
  return { area, id, does, breaks, history, shortest, build };
}
