/** The simulate scheduler: a clock that keeps its order, and courses of moves that it chooses. */
import { expect, test } from 'vitest';
import type { Settling } from '../model/index.ts';
import { counting, countOf } from '../testing/toys.ts';
import { Clock } from './clock.ts';
import { Course, Track } from './course.ts';

test('what is set for a time happens then, in the order of times and then of setting', () => {
  const clock = new Clock();
  const happened: [string, number][] = [];
  const note = (what: string) => () => happened.push([what, clock.now]);
  clock.after(20, note('late'));
  clock.after(10, note('first'));
  clock.after(10, note('second'));
  clock.after(10, () => clock.after(5, note('set on the way')));
  clock.cancel(clock.after(12, note('called off')));
  clock.run(18);
  expect(happened).toEqual([
    ['first', 10],
    ['second', 10],
    ['set on the way', 15],
  ]);
  expect(clock.now).toBe(18);
  clock.run(30);
  expect(happened.at(-1)).toEqual(['late', 20]);
});

test('what is set for a time that is past happens now, never before', () => {
  const clock = new Clock();
  const times: number[] = [];
  clock.at(10, () => {
    clock.at(3, () => times.push(clock.now));
    clock.after(-5, () => times.push(clock.now));
  });
  clock.run(10);
  expect(times).toEqual([10, 10]);
});

test('a course takes the moves that are possible, and keeps them', () => {
  const track = new Track(counting(2, 2));
  const course = new Course(track, null, { keeps: true });
  const [up, back] = [track.number('c1', { type: 'TICK' }), track.number('c1', { type: 'BACK' })];
  expect([back, up, up, up, back].map((move) => course.take(move))).toEqual([
    ...[false, true, true, false, true],
  ]);
  expect(countOf(course.at(course.actor('c1')))).toBe(1);
  expect(countOf(course.at(course.actor('c2')))).toBe(0);
  expect(course.moves).toBe(3);
  expect(course.long.map(({ event }) => event.type)).toEqual(['TICK', 'TICK', 'BACK']);
});

test('courses on one track share what it knows and not where they are', () => {
  const track = new Track(counting(1, 5));
  const [one, other] = [new Course(track, null), new Course(track, null)];
  const up = track.number('c1', { type: 'TICK' });
  const count = (course: Course): number => countOf(course.at(course.actor('c1')));
  for (let i = 0; i < 4; i++) one.take(up);
  expect([count(one), count(other), track.size]).toEqual([4, 0, 5]);
});

/** Two that all counters have in common are over. */
const twos: Settling<number> = {
  settled: (locals) => {
    const least = Math.min(...Object.values(locals).map(countOf));
    return least >= 2 ? least - (least % 2) : null;
  },
  forget: (_, local, what) => ({ ...(local.context as object), count: countOf(local) - what }),
  recall: (event, what) => ({ ...event, when: what }) as typeof event,
  nothing: 0,
  sum: (a, b) => a + b,
};

test('a course that forgets goes on beyond the bounds of its system, in the same few states', () => {
  const track = new Track(counting(2, 3));
  const course = new Course(track, twos, { keeps: true });
  const up = ['c1', 'c2'].map((name) => track.number(name, { type: 'TICK' }));
  const told: number[] = [];
  for (let i = 0; i < 100; i++) {
    for (const move of up) expect(course.take(move)).toBe(true);
    course.settle((what) => told.push(what));
  }
  expect(course.forgotten).toBe(100);
  expect(told).toEqual(Array(50).fill(2));
  expect(track.size).toBe(6);
  expect(course.long.at(-1)).toEqual({ to: 'c2', event: { type: 'TICK', when: 98 }, lost: 0 });
});

test('a stimulus that the system does not have is named', () => {
  const track = new Track(counting(1, 1));
  expect(() => track.number('c1', { type: 'TOCK' })).toThrow(
    'counters has no stimulus c1 [["type","TOCK"]]',
  );
});
