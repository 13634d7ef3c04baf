/**
 * `sensors.csv`: sensors that report at a fixed period, give or take a little. Single ones lose
 * their network for a while, and once a gateway does; what was kept then arrives all at once.
 */
import { csv, type Message, type Random, seeded } from './draw.ts';

const SEED = 20_260_102;
const SENSORS = 300;
/** All in milliseconds. A reading arrives at most `JITTER` after it is due. */
const LENGTH = 400_000;
const PERIOD = 20_000;
const JITTER = 2_000;
/** One reading in so many is the first of two to five that a sensor cannot send. */
const READINGS_TO_A_GAP = 60;
const BETWEEN_KEPT_READINGS = 20;
/** The first hundred sensors are behind one gateway; it is cut off once. The end is excluded. */
const BEHIND_GATEWAY = 100;
const GATEWAY_CUT_OFF = { from: 180_000, to: 240_000, betweenMessages: 5 };

export function sensors(): string {
  const random = seeded(SEED);
  const readings = Array.from({ length: SENSORS }, (_, index) => sensor(random, index));
  const behind = readings.slice(0, BEHIND_GATEWAY).flat();
  return csv([...throughGateway(behind), ...readings.slice(BEHIND_GATEWAY).flat()]);
}

/** What one sensor sends; a gap that reaches past the end loses what was kept in it. */
function sensor(random: Random, index: number): Message[] {
  const key = `sensor-${String(index + 1).padStart(3, '0')}`;
  const size = 48 + 8 * Math.floor(5 * random());
  const messages: Message[] = [];
  let kept = 0;
  let cutOffFor = 0;
  for (let due = Math.floor(PERIOD * random()); due < LENGTH - JITTER; due += PERIOD) {
    const at = due + Math.floor(JITTER * random());
    if (cutOffFor === 0 && random() < 1 / READINGS_TO_A_GAP) {
      cutOffFor = 2 + Math.floor(4 * random());
    }
    if (cutOffFor > 0) {
      cutOffFor -= 1;
      kept += 1;
      continue;
    }
    for (; kept > 0; kept--) messages.push({ at: at - kept * BETWEEN_KEPT_READINGS, key, size });
    messages.push({ at, key, size });
  }
  return messages;
}

/** While it is cut off the gateway keeps what comes; then it sends that in order. */
function throughGateway(messages: readonly Message[]): Message[] {
  const { from, to, betweenMessages } = GATEWAY_CUT_OFF;
  let sent = 0;
  return messages
    .toSorted((a, b) => a.at - b.at)
    .map((message) =>
      message.at >= from && message.at < to
        ? { ...message, at: to + betweenMessages * sent++ }
        : message,
    );
}
