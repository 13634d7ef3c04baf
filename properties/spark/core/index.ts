/** What must stay true of Spark's core. */

import {
  type LineageOptions,
  lineage,
  lineageDefaults,
  type OutputOptions,
  output,
  outputDefaults,
  type PersistenceOptions,
  persistence,
  persistenceDefaults,
} from '../../../models/spark/core/index.ts';
import type { Claim, System } from '../../../src/model/index.ts';
import { lineageClaims, lineageSituations } from './lineage.ts';
import { outputClaims, outputSituations } from './output.ts';
import { persistenceClaims, persistenceSituations } from './persistence.ts';

export { lineageClaims, lineageSituations } from './lineage.ts';
export { outputClaims, outputSituations } from './output.ts';
export { persistenceClaims, persistenceSituations } from './persistence.ts';

/** A system with what is claimed of it and what must be possible in it. */
export interface Subject {
  readonly system: System;
  readonly claims: readonly Claim[];
  readonly situations: readonly Claim[];
}

/** The core systems by name, built from any part of their options. */
export const subjects = {
  lineage: (options: Partial<LineageOptions> = {}): Subject => {
    const all = { ...lineageDefaults, ...options };
    return {
      system: lineage(all),
      claims: lineageClaims(all),
      situations: lineageSituations(all),
    };
  },
  output: (options: Partial<OutputOptions> = {}): Subject => {
    const all = { ...outputDefaults, ...options };
    return { system: output(all), claims: outputClaims, situations: outputSituations(all) };
  },
  persistence: (options: Partial<PersistenceOptions> = {}): Subject => {
    const all = { ...persistenceDefaults, ...options };
    return {
      system: persistence(all),
      claims: persistenceClaims,
      situations: persistenceSituations(all),
    };
  },
};
