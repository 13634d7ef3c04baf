/** Designs in which a consumer goes on at the wrong place. */
import type { Design } from './design.ts';

const unclean = { uncleanElection: true, reset: 'latest' } as const;
const vanishes = 'recordsDoNotVanishUnread';
const twice = 'noRecordIsProcessedTwice';

/** The offset is there again, with something else in it. */
export const commitWithoutEpoch: Design = {
  id: 'F51',
  does: 'Offsets are committed without the leader epoch, so that nobody can hold them against a log.',
  breaks: 'positionsStandInTheLogTheyWereReadFrom',
  history: 'KAFKA-19902, KAFKA-20507: new OffsetAndMetadata(offset); documented, not mended',
  setting: { ...unclean, commitsEpoch: false, faults: { brokerCrash: 1, consumerCrash: 1 } },
  rules: {},
  soundSetting: { commitsEpoch: true },
  givesUp: [vanishes, twice],
  shortest: 12,
};

/** The committed offset lies behind it; latest would skip it too, were the offset out of range. */
export const commitWithoutEpochSkips: Design = {
  ...commitWithoutEpoch,
  id: 'F51b',
  does: 'After an unclean election a group goes on at an offset without leader epoch, behind what was written there since.',
  breaks: 'everyRecordIsProcessed',
  history: 'KAFKA-20507: documented as a loss with latest, a repetition with earliest',
  shortest: 9,
};

/** As consumers did before they asked where their epoch ends. */
export const unvalidatedPosition: Design = {
  id: 'X5',
  does: 'A position is not held against the log of a new leader.',
  breaks: 'positionsStandInTheLogTheyWereReadFrom',
  history: 'before KIP-320 (KAFKA-7747, 2.3)',
  setting: { uncleanElection: true, faults: { brokerCrash: 1 } },
  rules: { validatesPositions: false },
  givesUp: [vanishes],
  shortest: 8,
};

/** What was written from the divergence on, before the end was asked for, is passed over. */
export const truncationResetsToLatest: Design = {
  id: 'X6',
  does: 'A consumer that finds a truncation applies auto.offset.reset instead of going back to the divergence.',
  breaks: 'everyRecordIsProcessed',
  history: 'design; KIP-320 goes to the divergence, and resets only where it is unknown',
  setting: { ...unclean, faults: { brokerCrash: 1 } },
  rules: { afterTruncation: 'reset' },
  givesUp: [vanishes],
  shortest: 6,
};

/** The leader has the offset; the follower lost it with its power. */
export const followerOutOfRangeResets: Design = {
  id: 'F53',
  does: 'OFFSET_OUT_OF_RANGE from a preferred replica that is behind resets the position to latest.',
  breaks: 'pollsSkipNothing',
  history: 'KIP-392; FetchCollector.handleInitializeErrors goes back to the leader first',
  setting: {
    readsFollower: true,
    reset: 'latest',
    faults: { powerLoss: 1 },
    bounds: { records: 3, lags: 0 },
  },
  rules: { followerOutOfRange: 'reset' },
  shortest: 13,
};

/** The same with the other policy: everything again. */
export const followerOutOfRangeRepeats: Design = {
  ...followerOutOfRangeResets,
  id: 'F53b',
  does: 'OFFSET_OUT_OF_RANGE from a preferred replica that is behind resets the position to earliest.',
  breaks: 'pollsNeverGoBack',
  setting: { ...followerOutOfRangeResets.setting, reset: 'earliest' },
  shortest: 11,
};

/** No offset and no record of one: whatever was written before the first look is passed over. */
export const latestWithoutOffset: Design = {
  id: 'X7',
  does: 'A group whose offsets have expired, or that never committed, begins at the end.',
  breaks: 'everyRecordIsProcessed',
  history: 'auto.offset.reset=latest, the default; offsets.retention.minutes',
  setting: { reset: 'latest', faults: { offsetsExpired: 1 } },
  rules: {},
  soundSetting: { reset: 'earliest' },
  givesUp: [twice],
  shortest: 3,
};

export const position = [
  commitWithoutEpoch,
  commitWithoutEpochSkips,
  unvalidatedPosition,
  truncationResetsToLatest,
  followerOutOfRangeResets,
  followerOutOfRangeRepeats,
  latestWithoutOffset,
];
