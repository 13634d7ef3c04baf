/** Findings about Kafka: each alone breaks its claim; with all repaired no claim fails. */
import { describe, expect, it } from 'vitest';
import {
  findings,
  type IdempotenceSetting,
  kafka,
  repair,
  repaired,
} from '../../../models/clients/idempotence/index.ts';
import { outcome } from './explored.ts';

/** Where each finding shows, with the others repaired. */
const shown: Record<string, { setting: IdempotenceSetting; length: number }> = {
  'IP-1': { setting: { faults: { deliveryTimeout: 1, lostMessage: 1 } }, length: 9 },
  'IP-2': { setting: { faults: { partition: 2 } }, length: 6 },
  'IP-3': {
    setting: { faults: { partition: 1, lostMessage: 1 }, bounds: { records: 3 } },
    length: 8,
  },
};

/** All but the one finding repaired. A producer that is never silent: see the README on repairs. */
const alone = (id: string): IdempotenceSetting => {
  const others = findings.map((finding) => finding.id).filter((other) => other !== id);
  return { ...shown[id]!.setting, pauses: false, rules: repair(kafka, others) };
};

describe('findings about the idempotent producer', () => {
  it.each(findings)('$id alone breaks $breaks', ({ id, breaks }) => {
    expect(outcome(alone(id)).broken).toEqual({ [breaks]: shown[id]!.length });
  });

  it('IP-1 and IP-3 together write a record twice', () => {
    const rules = repair(kafka, ['IP-2']);
    const setting = { faults: { partition: 2 }, bounds: { records: 3 }, pauses: false, rules };
    expect(outcome(setting).broken).toEqual({
      noRecordIsWrittenTwice: 19,
      laterSendsGetLaterOffsets: 20,
      everySendIsAnswered: 11,
    });
  });

  it.each([
    { partition: 1, lostMessage: 1 },
    { partition: 1, brokerCrash: 1 },
    { partition: 2 },
    { deliveryTimeout: 1, lostMessage: 1 },
    { deliveryTimeout: 1, brokerCrash: 1 },
    { deliveryTimeout: 1, partition: 1 },
    { brokerCrash: 1, lostMessage: 1 },
  ])('with all repaired every claim holds under %o, with three records', (faults) => {
    const setting = { bounds: { records: 3 }, pauses: false, rules: repaired };
    expect(outcome({ ...setting, faults }).broken).toEqual({});
  });

  it('misses a repair without a price: with all repaired a producer that was silent may have to wait', () => {
    expect(outcome({ rules: repaired, faults: { lostMessage: 1 } }).broken).toEqual({
      everySendIsAnswered: 7,
    });
  });
});
