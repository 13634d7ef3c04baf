import type { Design } from './design.ts';
import { plannedMove } from './settings.ts';

/**
 * A negative control: the deposed leader, not having heard, acknowledges what nobody will copy. It is
 * no fault of Kafka's, and acks=all does not lose here.
 */
export const acksOneInPlannedMoves: Design = {
  id: 'F28',
  does: 'Records are acknowledged by the leader alone (acks=1), and leadership is moved by plan.',
  breaks: 'acknowledgedRecordsSurvive',
  history: 'KAFKA-20554 (documented as expected)',
  setting: { ...plannedMove, acks: 1 },
  rules: {},
  soundSetting: { acks: -1 },
  shortest: 2,
};
