/** Findings about Kafka itself: each alone breaks its claim, with the trace the README tells. */
import { describe, expect, it } from 'vitest';
import { crash, lagging, thereAndBack } from '../../models/kafka/designs/settings.ts';
import {
  findings,
  type KafkaSetting,
  kafka,
  kafka41,
  kafkaOptions,
  repair,
} from '../../models/kafka/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { kafkaClaims, subjectOf } from './index.ts';

/** Where each finding shows; all are repaired there in the sound runs of the catalogue. */
const shown: Record<string, { setting: KafkaSetting; length: number }> = {
  'KF-1': { setting: lagging, length: 5 },
  'KF-2': { setting: thereAndBack, length: 9 },
  'KF-3': { setting: crash, length: 7 },
  'KF-4': {
    setting: { faults: { powerLoss: 1, slowReplica: 1 }, bounds: { records: 1, lags: 0 } },
    length: 15,
  },
};

/** Which claims a finding breaks, with the others repaired. */
function broken(id: string, setting: KafkaSetting, claims?: string[]): Record<string, number> {
  const others = findings.map((finding) => finding.id).filter((other) => other !== id);
  const options = kafkaOptions({ ...setting, rules: repair(kafka41, others) });
  const asked = kafkaClaims(subjectOf(options)).filter(
    ({ name }) => claims?.includes(name) ?? true,
  );
  const { results } = explore(kafka(options), asked);
  return Object.fromEntries(
    results.flatMap(({ claim, moves }) => (moves ? [[claim.name, moves.length]] : [])),
  );
}

describe('findings about Kafka', () => {
  it.each(findings)('$id alone breaks $breaks', ({ id, breaks }) => {
    const { setting, length } = shown[id]!;
    expect(broken(id, setting, [breaks])).toEqual({ [breaks]: length });
  });

  it('KF-1 loses an acknowledged record by one crash', () => {
    expect(broken('KF-1', crash, ['acknowledgedRecordsSurvive'])).toEqual({
      acknowledgedRecordsSurvive: 9,
    });
  });

  it('KF-2 loses an acknowledged record when the leader that was elected again crashes', () => {
    const setting = { ...thereAndBack, faults: { ...thereAndBack.faults, brokerCrash: 1 } };
    expect(broken('KF-2', setting, ['acknowledgedRecordsSurvive'])).toEqual({
      acknowledgedRecordsSurvive: 10,
    });
  });

  it('KF-2 needs two elections that one broker reads as one', () => {
    const setting = { ...thereAndBack, bounds: { ...thereAndBack.bounds, metadataLag: 1 } };
    expect(broken('KF-2', setting)).toEqual({});
  });

  it('KF-3 leaves safety alone', () => {
    expect(broken('KF-3', crash)).toEqual({ waitingWritesAreAnswered: 7 });
  });
});
