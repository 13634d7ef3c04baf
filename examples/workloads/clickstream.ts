/**
 * `clickstream.csv`: clicks on a shop's pages. A day is played in ten minutes; a few users click
 * most; two campaigns bring bursts.
 */
import { csv, exponential, type Message, seeded, zipf } from './draw.ts';

const SEED = 20_260_101;
const DAY_SECONDS = 600;
const USERS = 2_000;
/** Mean over the day, without campaigns; it falls to half at night and rises by half at noon. */
const CLICKS_PER_SECOND = 12;
/** What a mail to all customers brings, and a sale that opens. The end is excluded. */
const CAMPAIGNS = [
  { from: 200, to: 220, clicksPerSecond: 30 },
  { from: 430, to: 436, clicksPerSecond: 80 },
];
/** No click is smaller; most are little larger, a few much. */
const SMALLEST_BYTES = 120;
const MEAN_BYTES_MORE = 180;

export function clickstream(): string {
  const random = seeded(SEED);
  const user = zipf(USERS);
  const messages: Message[] = [];
  for (let seconds = 0; ; ) {
    seconds += exponential(random, 1 / clicksPerSecond(seconds));
    if (seconds >= DAY_SECONDS) return csv(messages);
    messages.push({
      at: Math.floor(seconds * 1_000),
      key: `user-${user(random)}`,
      size: SMALLEST_BYTES + Math.floor(exponential(random, MEAN_BYTES_MORE)),
    });
  }
}

function clicksPerSecond(seconds: number): number {
  const hour = Math.cos((2 * Math.PI * seconds) / DAY_SECONDS);
  return CAMPAIGNS.filter(({ from, to }) => seconds >= from && seconds < to).reduce(
    (sum, campaign) => sum + campaign.clicksPerSecond,
    CLICKS_PER_SECOND * (1 - hour / 2),
  );
}
