/**
 * Bounds are justified by saturation: growing any bound by one changes no verdict. The last result
 * is kept in reports/baseline/saturation.md.
 */
import { afterAll, expect, test } from 'vitest';
import {
  type Bounds,
  defaults,
  type KafkaSetting,
  kafka,
  kafkaOptions,
  repair,
  repaired,
  rulesOf,
} from '../../models/kafka/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { writeSaturation } from '../saturation.ts';
import { kafkaClaims, subjectOf } from './index.ts';

const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));
const deployments: Record<string, KafkaSetting> = {
  'acks=all, min 2, ELR': { rules: repaired },
  'acks=all, min 2, no ELR': { rules: withoutElr },
  'acks=all, min 1': { rules: repaired, minInsyncReplicas: 1 },
  'acks=1': { rules: repaired, acks: 1 },
};
const faults = ['brokerCrash', 'powerLoss', 'diskLoss', 'slowReplica', 'controlledShutdown'];
const grown: (keyof Bounds)[] = ['records', 'lags', 'metadataLag'];

const rows: string[][] = [];

interface Explored {
  /** The claims judged. */
  names: readonly string[];
  broken: string;
  states: number;
  complete: boolean;
}

/** Judges the safety claims of a setting, or those of them that `among` names. */
function explored(setting: KafkaSetting, among?: readonly string[]): Explored {
  const claims = kafkaClaims(subjectOf(kafkaOptions(setting))).filter(
    ({ modality, name }) => modality === 'always' && (among?.includes(name) ?? true),
  );
  const { results, states, complete } = explore(kafka(setting), claims, {
    whole: true,
    maxStates: 4_000_000,
  });
  const broken = results
    .filter(({ verdict }) => verdict === 'broken')
    .map(({ claim }) => claim.name);
  const names = claims.map(({ name }) => name);
  return { names, broken: broken.join(', ') || 'none', states, complete };
}

for (const [name, deployment] of Object.entries(deployments)) {
  for (const fault of faults) {
    test(`${name}, one ${fault}: one more of any bound changes no verdict`, () => {
      const setting = { ...deployment, faults: { [fault]: 1 } };
      const base = explored(setting);
      expect(base.complete).toBe(true);
      for (const bound of grown) {
        const bounds = { [bound]: defaults.bounds[bound] + 1 };
        const larger = explored({ ...setting, bounds }, base.names);
        const states = larger.states.toLocaleString('en-US');
        const seen = `${states}${larger.complete ? '' : ' (not all)'}`;
        rows.push([name, fault, `${bound} ${bounds[bound]}`, seen, larger.broken]);
        expect(larger.broken).toEqual(base.broken);
      }
    });
  }
}

afterAll(() => {
  writeSaturation(
    'Kafka replication',
    'Safety claims of a partition.',
    ['deployment', 'faults', 'bound', 'states', 'claims broken'],
    rows,
  );
});
