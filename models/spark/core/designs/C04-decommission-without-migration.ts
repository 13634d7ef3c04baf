import type { Design } from './design.ts';

export const decommissionWithoutMigration: Design = {
  id: 'C04',
  system: 'lineage',
  does: 'A decommissioned executor takes its shuffle blocks with it: spark.storage.decommission.enabled is off, as by default.',
  breaks: 'aDecommissionCostsNoRecomputation',
  history: 'SPARK-20629; the default of every version',
  setting: { faults: { decommission: 1 } },
  rules: { migratesShuffleBlocks: false },
  shortest: 4,
};
