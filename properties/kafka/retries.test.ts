/** What a producer that sends again makes of answers, first and late ones. */
import { expect, test } from 'vitest';
import { kafka, type Producer } from '../../models/kafka/index.ts';
import { Course, Track } from '../../src/schedulers/course.ts';

test('an acknowledged record stays so when an earlier request for it is answered late', () => {
  const track = new Track(
    kafka({ retries: { most: 1, idempotent: true }, faults: { partition: 1 } }),
  );
  const course = new Course(track, null);
  const take = (to: string, event: object): void => {
    expect(course.take(track.number(to, event))).toBe(true);
  };
  const outcome = (): string =>
    (course.at(course.actor('producer')).context as Producer).outcomes[0]!;
  const fetch = { type: 'FETCH_ROUND', late: false };
  take('producer', { type: 'SEND', value: 0, broker: 'b1' });
  // b1 is cut off with the request that waits; b2 is elected without it.
  take('network', { type: 'CUT', broker: 'b1' });
  for (const id of ['b2', 'b3']) take(`metadata:${id}`, { type: 'DELIVER', count: 1 });
  take('producer', { type: 'RETRY', value: 0, broker: 'b2' });
  for (let round = 0; round < 2; round++) take('b3', fetch);
  expect(outcome()).toBe('acknowledged');
  // b1 hears of it, and gives up what waits there: the outcome of that request is unknown.
  take('metadata:b1', { type: 'DELIVER', count: 1 });
  expect(outcome()).toBe('acknowledged');
});
