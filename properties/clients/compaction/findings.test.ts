/** What Kafka's cleaner breaks as implemented, each finding alone, and that its repair mends it. */
import { describe, expect, test } from 'vitest';
import {
  compaction,
  findings,
  kafka,
  optionsOf,
  type Rules,
  repair,
  type Setting,
} from '../../../models/clients/compaction/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { compactionClaims } from './index.ts';

const two: Setting = { replicas: 2, passes: 'atOnce' };
const fast: Setting = { readerPace: 'withRoomForAPass' };

/** By finding: where it shows, in how many moves; what takes `long` is mended in saturation.deep.ts. */
const shown: Record<string, { setting: Setting; shortest: number; long?: boolean }> = {
  'LC-1': {
    setting: {
      ...fast,
      offsetMapFills: true,
      bounds: { records: 5, segmentRecords: 2, groupSegments: 2 },
    },
    shortest: 13,
    long: true,
  },
  'LC-2': { setting: { readerPace: 'withinRetention' }, shortest: 17 },
  'LC-3': { setting: { ...two, ...fast, faults: { leaderMove: 1 } }, shortest: 16, long: true },
  'LC-4': { setting: { ...two, faults: { slowReplica: 1 } }, shortest: 11 },
};

describe('findings about the log cleaner', () => {
  test.each(findings.map((finding) => [finding.id, finding] as const))(
    '%s breaks its claim as told, and its repair mends that',
    (id, { breaks }) => {
      const { setting, shortest, long = false } = shown[id]!;
      const others = findings.map((finding) => finding.id).filter((other) => other !== id);
      const judge = (rules: Rules) => {
        const system = compaction({ ...setting, rules });
        const claims = compactionClaims(optionsOf(setting)).filter(({ name }) => name === breaks);
        const [result] = explore(system, claims).results;
        const { claim, moves, violation, verdict } = result!;
        if (moves) confirm(system, { claim, moves, violation });
        return [verdict, moves?.length];
      };
      // LC-3 and LC-4 have one repair, so only what differs is repaired beside.
      const rules = repair(
        kafka,
        others.filter((other) => !sameRepair(id, other)),
      );
      expect(judge(rules)).toEqual(['broken', shortest]);
      if (!long) expect(judge(repair(kafka, [id]))).toEqual(['holds', undefined]);
    },
  );

  const keys = { transactions: true, bounds: { keys: 1 } };
  test.each([
    ['keeps a deleted key, and shows it when it leads', 'deletedKeysStayDeleted', 13, {}],
    ['has a transaction that never ends', 'markersOutliveTheirRecords', 11, keys],
    ['shows an aborted record', 'noAbortedRecordIsRead', 15, keys],
  ] as const)('a replica that was away %s', (_, name, shortest, rest) => {
    const setting: Setting = { ...two, ...rest, faults: { slowReplica: 1 } };
    const claims = compactionClaims(optionsOf(setting)).filter((claim) => claim.name === name);
    const [result] = explore(compaction(setting), claims).results;
    expect([result!.verdict, result!.moves?.length]).toEqual(['broken', shortest]);
  });
});

const sameRepair = (one: string, two: string): boolean => {
  const [a, b] = [one, two].map((id) => findings.find((finding) => finding.id === id)!.repair);
  return JSON.stringify(a) === JSON.stringify(b);
};
