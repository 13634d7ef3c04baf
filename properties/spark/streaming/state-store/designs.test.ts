/** State stores: each known-bad design is caught, each claim earns its place, the sound ones pass. */
import { describe, expect, it } from 'vitest';
import { stateStoreDesigns } from '../../../../models/spark/streaming/state-store/designs/index.ts';
import {
  defaults,
  type StateStoreOptions,
  sound,
  spark41,
  stateStore,
} from '../../../../models/spark/streaming/state-store/index.ts';
import { explore } from '../../../../src/schedulers/explore.ts';
import { confirm } from '../../../../src/schedulers/replay.ts';
import { stateStoreClaims, stateStoreSituations } from './claims.ts';

const verdicts = stateStoreDesigns.map((design) => {
  const options = { ...defaults, ...design.setting, rules: { ...sound, ...design.rules } };
  const system = stateStore(options);
  return { design, system, ...explore(system, stateStoreClaims(options)) };
});

function broken(setting: Partial<StateStoreOptions>): Record<string, number> {
  const options = { ...defaults, rules: spark41, ...setting };
  const claims = [...stateStoreClaims(options), ...stateStoreSituations(options)];
  const { results } = explore(stateStore(options), claims);
  return Object.fromEntries(
    results
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ claim, moves }) => [claim.name, moves?.length ?? -1]),
  );
}

describe('known-bad designs of state stores', () => {
  it.each(verdicts)('$design.id is caught by $design.breaks in $design.shortest moves', (run) => {
    const caught = run.results.find(({ claim }) => claim.name === run.design.breaks);
    expect([caught?.verdict, caught?.moves?.length]).toEqual(['broken', run.design.shortest]);
    // Taken once more through plain XState, which must see the same.
    const { claim, moves, violation } = caught!;
    confirm(run.system, { claim, moves: moves!, violation });
  });

  it.each(stateStoreDesigns)('the sound model passes where $id is caught', (design) => {
    const setting = { ...defaults, ...design.setting, ...design.soundSetting, rules: sound };
    const claims = stateStoreClaims(setting).filter(
      // To refuse a directory that is not empty is all that can be done about it.
      ({ modality, name }) => modality === 'always' || name === design.breaks,
    );
    const { results } = explore(stateStore(setting), claims);
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });

  it('breaks every claim by some design', () => {
    const names = stateStoreClaims(defaults).map(({ name }) => name);
    const caught = verdicts.flatMap(({ results }) =>
      results.filter(({ verdict }) => verdict === 'broken').map(({ claim }) => claim.name),
    );
    expect(names.filter((name) => !caught.includes(name))).toEqual([]);
  });
});

describe('a stateful operator under a driver crash, a lost result and a late write', () => {
  const faults = { driverCrash: 1, resultLost: 1, zombieWrite: 1 };
  const bounds = { batches: 2 };

  it.each(['rocksdb', 'rocksdbChangelog'] as const)(
    '%s with format 2 keeps its state even if attempts differ',
    (provider) => {
      const setting = { provider, format: 2, deterministic: false, bounds, faults } as const;
      expect(broken(setting)).toEqual({});
    },
  );

  it.each(['hdfs', 'rocksdb', 'rocksdbChangelog'] as const)(
    '%s with format 1 keeps its state if attempts are equal',
    (provider) => {
      const setting = { provider, format: 1, deterministic: true, bounds, faults } as const;
      expect(broken(setting)).toEqual({});
    },
  );

  it.each(['hdfs', 'rocksdb', 'rocksdbChangelog'] as const)(
    '%s with format 1 does not keep its state if attempts differ',
    (provider) => {
      const setting = { provider, format: 1, deterministic: false, bounds, faults } as const;
      expect(broken(setting)).toEqual({
        attemptsStartFromTheAcceptedState: 14,
        committedStateIsThatOfTheAcceptedOutput: 11,
        memoryAgreesWithTheFiles: 11,
      });
    },
  );
});
