/**
 * An immediate link is a reduction, and reductions are tested: at tiny bounds the same system with
 * its links between processes queued must have the same verdicts, safety claim by safety claim.
 */
import { describe, expect, test } from 'vitest';
import {
  type KafkaSetting,
  kafka,
  kafkaOptions,
  repair,
  rulesOf,
} from '../../models/kafka/index.ts';
import type { System } from '../../src/model/index.ts';
import { queued } from '../../src/model/queued.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { kafkaClaims, subjectOf } from './index.ts';

const tiny = { replicas: 2, bounds: { metadataLag: 1, partitionEpochs: 2, leaderEpochs: 1 } };
const withElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: true }));
const withoutElr = repair(rulesOf('4.1', { eligibleLeaderReplicas: false }));

const deployments: Record<string, KafkaSetting> = {
  'acks=all, min 2': { minInsyncReplicas: 2, rules: withElr },
  'acks=all, min 1': { minInsyncReplicas: 1, rules: withElr },
  'acks=1': { minInsyncReplicas: 1, acks: 1, rules: withElr },
  'unclean elections': { minInsyncReplicas: 1, uncleanLeaderElection: true, rules: withElr },
  'no ELR': { minInsyncReplicas: 2, rules: withoutElr },
};
const faults = ['brokerCrash', 'powerLoss', 'partition', 'controlledShutdown'];

/** Fetches and their answers, and what brokers tell the controller. */
const brokersTalk = [
  ['b1', 'b2'],
  ['b2', 'b1'],
  ['b1', 'controller'],
  ['b2', 'controller'],
] as const;
/** What the controller answers. */
const controllerTalks = [
  ['controller', 'b1'],
  ['controller', 'b2'],
] as const;

/** The safety claims that fail, by name. */
function broken(system: System, setting: KafkaSetting): string[] {
  const claims = kafkaClaims(subjectOf(kafkaOptions(setting))).filter(
    ({ modality }) => modality === 'always',
  );
  const { complete, results } = explore(system, claims, { whole: true });
  expect(complete).toBe(true);
  return results.filter(({ verdict }) => verdict === 'broken').map(({ claim }) => claim.name);
}

describe.each(faults)('with one %s', (fault) => {
  test.each(Object.entries(deployments))('%s: queues change no verdict', (_, deployment) => {
    const setting = { ...tiny, ...deployment, faults: { [fault]: 1 } };
    const immediate = broken(kafka(setting), setting);
    expect(broken(queued(kafka(setting), brokersTalk, 1), setting)).toEqual(immediate);
    expect(broken(queued(kafka(setting), controllerTalks, 1), setting)).toEqual(immediate);
  });
});
