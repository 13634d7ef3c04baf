/** Every known-bad design is caught by the claim it names; the sound consumer passes beside it. */
import { describe, expect, it } from 'vitest';
import { consumerDesigns, type Design } from '../../../models/clients/consumers/designs/index.ts';
import {
  type ConsumerOptions,
  consumers,
  defaults,
  repaired,
} from '../../../models/clients/consumers/index.ts';
import { type ClaimResult, explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { consumerClaims } from './index.ts';

const flawed = ({ setting, rules }: Design): ConsumerOptions => ({
  ...defaults,
  ...setting,
  rules: { ...repaired, ...rules },
});
const sound = ({ setting, soundSetting }: Design): ConsumerOptions => ({
  ...defaults,
  ...setting,
  ...soundSetting,
  rules: repaired,
});
/** The claims that fail, each with the moves of its shortest counterexample. */
const lengths = (results: readonly ClaimResult[]): Record<string, number> =>
  Object.fromEntries(
    results.flatMap(({ claim, moves }) => (moves ? [[claim.name, moves.length]] : [])),
  );

/** All that each design breaks, and the size of its space: the model has not become another one. */
const known: Record<string, readonly [states: number, broken: Record<string, number>]> = {
  X1: [1602, { processedRecordsStayInTheLog: 5 }],
  X2: [1052, { committedReadersSeeNoOpenRecord: 4 }],
  X3: [
    882,
    { everyRecordIsProcessed: 6, recordsDoNotVanishUnread: 3, noRecordIsProcessedTwice: 14 },
  ],
  X4: [1172, { recordsDoNotVanishUnread: 3 }],
  F51: [
    50_769,
    {
      everyRecordIsProcessed: 9,
      recordsDoNotVanishUnread: 3,
      positionsStandInTheLogTheyWereReadFrom: 12,
      noRecordIsProcessedTwice: 10,
    },
  ],
  F51b: [
    50_769,
    {
      everyRecordIsProcessed: 9,
      recordsDoNotVanishUnread: 3,
      positionsStandInTheLogTheyWereReadFrom: 12,
      noRecordIsProcessedTwice: 10,
    },
  ],
  X5: [
    1139,
    {
      everyRecordIsProcessed: 6,
      recordsDoNotVanishUnread: 3,
      positionsStandInTheLogTheyWereReadFrom: 8,
      noRecordIsProcessedTwice: 15,
    },
  ],
  X6: [1208, { everyRecordIsProcessed: 6, recordsDoNotVanishUnread: 3 }],
  F53: [
    901,
    { everyRecordIsProcessed: 10, committedOffsetsCoverProcessedRecords: 15, pollsSkipNothing: 13 },
  ],
  F53b: [1535, { pollsNeverGoBack: 11, noRecordIsProcessedTwice: 12 }],
  X7: [
    7587,
    {
      everyRecordIsProcessed: 3,
      committedOffsetsCoverProcessedRecords: 11,
      noRecordIsProcessedTwice: 12,
    },
  ],
  X8: [14_268, { onePartitionHasOneOwner: 4, noRecordIsProcessedTwice: 10 }],
  X9: [16_843, { onePartitionHasOneOwner: 4, noRecordIsProcessedTwice: 10 }],
  F58: [7614, { onlyMembersCommit: 7, noRecordIsProcessedTwice: 10 }],
  F58b: [17_816, { onlyMembersCommit: 7, noRecordIsProcessedTwice: 14 }],
  F57: [17_039, { noRecordIsProcessedTwice: 14 }],
  X10: [7964, { everyRecordIsProcessed: 7, committedOffsetsCoverProcessedRecords: 6 }],
  X11: [7623, { noRecordIsProcessedTwice: 19 }],
  F52: [
    8653,
    {
      everyRecordIsProcessed: 6,
      committedOffsetsCoverProcessedRecords: 5,
      noRecordIsProcessedTwice: 10,
    },
  ],
  F52b: [
    8653,
    {
      everyRecordIsProcessed: 6,
      committedOffsetsCoverProcessedRecords: 5,
      noRecordIsProcessedTwice: 10,
    },
  ],
  X12: [
    6464,
    {
      everyRecordIsProcessed: 6,
      committedOffsetsCoverProcessedRecords: 5,
      noRecordIsProcessedTwice: 10,
    },
  ],
  X13: [745, { everyRecordIsProcessed: 5, committedOffsetsCoverProcessedRecords: 5 }],
  X14: [
    9193,
    {
      everyRecordIsProcessed: 9,
      committedOffsetsCoverProcessedRecords: 8,
      noRecordIsProcessedTwice: 10,
    },
  ],
  X15: [3732, { everyRecordIsProcessed: 6, committedOffsetsCoverProcessedRecords: 5 }],
  X16: [6936, { noRecordIsProcessedTwice: 10 }],
};

describe('the known-bad designs of consuming', () => {
  it.each(consumerDesigns)('$id is caught, and breaks just what it is known to break', (design) => {
    const options = flawed(design);
    const system = consumers(options);
    const { states, results } = explore(system, consumerClaims(options), { whole: true });
    expect([states, lengths(results)]).toEqual(known[design.id]);
    expect(known[design.id]![1][design.breaks]).toBe(design.shortest);
    // Plain XState, without any table of the engine, sees the same.
    const { claim, moves, violation } = results.find((r) => r.claim.name === design.breaks)!;
    const { steps } = confirm(system, { claim, moves: moves!, violation });
    expect(steps).toHaveLength(design.shortest);
  });

  it.each(consumerDesigns)('the sound consumer passes where $id is caught', (design) => {
    const options = sound(design);
    const { results } = explore(consumers(options), consumerClaims(options));
    expect(Object.keys(lengths(results)).sort()).toEqual([...(design.givesUp ?? [])].sort());
  });

  it('every claim is broken by some design', () => {
    const claims = consumerDesigns.flatMap((design) =>
      consumerClaims(flawed(design)).map(({ name }) => name),
    );
    const caught = new Set(consumerDesigns.map(({ breaks }) => breaks));
    expect([...new Set(claims)].filter((name) => !caught.has(name))).toEqual([]);
  });
});
