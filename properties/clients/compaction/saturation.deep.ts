/**
 * Bounds are justified by saturation: growing any bound by one changes no verdict. Also the searches
 * that are too long for every day: two replicas with the findings repaired, and a pass step by step
 * where faults can cut it short.
 */
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Bounds,
  compaction,
  defaults,
  optionsOf,
  repaired,
  type Setting,
} from '../../../models/clients/compaction/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { writeSaturation } from '../../saturation.ts';
import { compactionClaims } from './index.ts';

const fast: Setting = { readerPace: 'withRoomForAPass' };
const two: Setting = { replicas: 2, passes: 'atOnce' };
const repairedTwo: Setting = { ...two, ...fast, rules: repaired };

const deployments: Record<string, Setting> = {
  'one log, a slow reader': {},
  'one log, a fast reader': fast,
  transactions: { ...fast, transactions: true },
  'compact,delete': { ...fast, policy: 'compact,delete' },
  'one log, one brokerCrash': { ...fast, faults: { brokerCrash: 1 } },
  'two replicas, repaired, one slowReplica': { ...repairedTwo, faults: { slowReplica: 1 } },
};

const rows: string[][] = [];

function explored(setting: Setting): { broken: string; states: number; complete: boolean } {
  const { results, states, complete } = explore(
    compaction(setting),
    compactionClaims(optionsOf(setting)).filter(({ modality }) => modality === 'always'),
    { whole: true, maxStates: 4_000_000 },
  );
  const broken = results.filter(({ verdict }) => verdict === 'broken');
  return { broken: broken.map(({ claim }) => claim.name).join(', ') || 'none', states, complete };
}

const grown: (keyof Bounds)[] = ['records', 'keys', 'segmentRecords', 'groupSegments'];
describe.each(Object.entries(deployments))('%s', (name, deployment) => {
  test('one more of any bound changes no verdict', () => {
    const base = explored(deployment);
    expect(base.complete).toBe(true);
    for (const bound of grown) {
      const more = defaults.bounds[bound] + 1;
      // In longer segments as many passes need more records.
      const records = bound === 'segmentRecords' ? { records: 6 } : {};
      const larger = explored({ ...deployment, bounds: { [bound]: more, ...records } });
      const states = `${larger.states.toLocaleString('en-US')}${larger.complete ? '' : ' (not all)'}`;
      rows.push([name, `${bound} ${more}`, states, larger.broken]);
      expect(larger.broken).toEqual(base.broken);
    }
  });
});

describe('two replicas, the findings repaired, a fast reader', () => {
  test.each(['brokerCrash', 'leaderMove', 'slowReplica'])(
    'every claim holds under one %s',
    (fault) => {
      const setting: Setting = { ...repairedTwo, faults: { [fault]: 1 } };
      expect(explored(setting)).toMatchObject({ complete: true, broken: 'none' });
    },
  );

  // A pass that is cut short may be done again without anything new being dirty.
  test.each(['brokerCrash', 'leaderMove', 'slowReplica'])(
    'and so it does with passes in steps, under one %s',
    (fault) => {
      const bounds = { records: 3, groupSegments: 4 };
      const setting: Setting = {
        ...repairedTwo,
        passes: 'inSteps',
        bounds,
        faults: { [fault]: 1 },
      };
      expect(explored(setting)).toMatchObject({ complete: true, broken: 'none' });
    },
  );
});

test('a segment that is cleaned in part keeps what a reader needs, LC-1 repaired', () => {
  const setting: Setting = {
    ...fast,
    transactions: true,
    offsetMapFills: true,
    rules: repaired,
    bounds: { segmentRecords: 2, groupSegments: 2, records: 5 },
  };
  expect(explored(setting)).toMatchObject({ complete: true, broken: 'none' });
});

afterAll(() => {
  writeSaturation(
    'Log compaction',
    'Safety claims of a compacted topic with one bound grown by one.',
    ['deployment', 'bound', 'states', 'claims broken'],
    rows,
  );
});
