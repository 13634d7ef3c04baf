/** The explorer's core: what it offers is what plain XState can do, what it says is of that state. */
import { expect, test } from 'vitest';
import { type Aspect, aspects, knownAspect, type ModelInput } from '../../check/index.ts';
import { readDeployment } from '../../config/disk.ts';
import { isSameLocal, type PlainState, plainMove, plainStart } from '../../schedulers/plain.ts';
import { decodeToken } from '../../schedulers/token.ts';
import { Explorer } from './core.ts';
import type { Sight, Step } from './place.ts';

const replication = knownAspect('replication');
const limits = { maxStates: 100_000, maxBytes: 2 ** 28 };

function inputOf(aspect: Aspect, example: string, faults: Record<string, number>): ModelInput {
  const [subject] = aspect.subjectsOf(readDeployment([`examples/${example}`]));
  return aspect.inputOf(subject!.base, { faults, bounds: 'tiny', repairs: [] }).input;
}

const acksOne = (): Explorer =>
  new Explorer(replication, inputOf(replication, 'acks-one', { brokerCrash: 1 }));

const gists = ({ enabled }: Sight): string[] =>
  enabled.map(({ class: kind, component, says }) => `${kind} ${component}: ${says[0]}`);

/** Takes the move that is told with these words. */
function taking(explorer: Explorer, ...words: string[]): Step[] {
  const moves: Step[] = [];
  for (const word of words) {
    const { enabled } = explorer.look({ moves, at: moves.length });
    const fitting = enabled.filter(({ says }) => says.join(' ').startsWith(word));
    moves.push(fitting[0]!.move);
  }
  return moves;
}

test('at the start: what can happen, in words, by class', () => {
  const sight = acksOne().look({ moves: [], at: 0 });
  expect(sight.settings).toBe(
    'Kafka 4.1: 3 replicas, min.insync.replicas 2, acks=1, clean elections, ELR on; brokerCrash=1',
  );
  expect(sight.budget).toEqual([
    { fault: 'brokerCrash', left: 1, of: 1 },
    { fault: 'lag', left: 1, of: 1 },
  ]);
  expect(gists(sight)).toEqual([
    'client producer: The producer sends record 0 to b1: appended at offset 0, epoch 0.',
    'protocol b1: b1 finds b2 lagging and proposes ISR {b1, b3}.',
    'protocol b1: b1 finds b3 lagging and proposes ISR {b1, b2}.',
    'protocol b1: b1 finds b2 and b3 lagging and proposes ISR {b1}.',
    'protocol b2: b2 fetches from b1 at offset 0: the leader now knows how far it has come.',
    'protocol b2: b2 fetches from b1 at offset 0; the answer is lost.',
    'protocol b3: b3 fetches from b1 at offset 0: the leader now knows how far it has come.',
    'protocol b3: b3 fetches from b1 at offset 0; the answer is lost.',
    ...['b1', 'b2', 'b3'].map((id) => `fault network: ${id} crashes; its log stays on its disk.`),
  ]);
});

test('a step: what changed, what it cost, what the claims say', () => {
  const explorer = acksOne();
  const moves = taking(explorer, 'The producer sends', 'b1 crashes');
  const sight = explorer.look({ moves, at: 2 });
  expect(sight.run.map(({ class: kind, cost }) => [kind, cost])).toEqual([
    ['client', {}],
    ['fault', { brokerCrash: 1 }],
  ]);
  expect(sight.budget[0]).toEqual({ fault: 'brokerCrash', left: 0, of: 1 });
  expect(gists(sight).filter((gist) => gist.startsWith('fault'))).toEqual([]);
  const changed = sight.components.flatMap(({ name, state, stateWas, fields }) => [
    ...(stateWas === undefined ? [] : [`${name}: ${stateWas} -> ${state}`]),
    ...fields.filter((field) => 'was' in field).map((field) => `${name}.${field.name}`),
  ]);
  expect(changed).toEqual([
    'b1: running.leading -> offline',
    'b1.brokerEpoch',
    'b1.leaderEpoch',
    'b1.leadership',
    'controller.partition',
    'controller.brokers',
    'network.brokers',
    'metadata:b2.queue',
    'metadata:b3.queue',
  ]);
  const judged = (name: string) => sight.claims.find((claim) => claim.name === name);
  expect(judged('acknowledgedRecordsSurvive')).toMatchObject({
    violation: { because: 'record 0 was acknowledged, but b2 was elected without it' },
    decidedAt: 2,
  });
  expect(judged('aRecordIsAcknowledged')).toMatchObject({ violation: null, decidedAt: 1 });
  expect(judged('readersAreShownARecord')?.decidedAt).toBe(null);
  expect(judged('oneLeaderPerEpoch')).toMatchObject({ violation: null, decidedAt: null });
});

test('going back and another way shows what a new explorer shows', () => {
  const explorer = acksOne();
  const moves = taking(explorer, 'The producer sends', 'b2 fetches', 'b1 crashes');
  explorer.look({ moves, at: 3 });
  const other = [
    ...moves.slice(0, 1),
    ...taking(acksOne(), 'The producer sends', 'b3 crashes').slice(1),
  ];
  for (const place of [
    { moves, at: 1 },
    { moves, at: 0 },
    { moves: other, at: 2 },
    { moves, at: 3 },
  ]) {
    expect(explorer.look(place)).toEqual(acksOne().look(place));
  }
});

test('the token is that of the whole run', () => {
  const explorer = acksOne();
  const moves = taking(explorer, 'The producer sends', 'b2 fetches', 'b1 crashes');
  const { model, options, moves: told } = decodeToken(explorer.look({ moves, at: 2 }).token);
  expect(model).toBe('replication');
  expect(told).toEqual(moves);
  expect(options).toEqual(inputOf(replication, 'acks-one', { brokerCrash: 1 }));
});

test('a search finds the nearest violation from where it begins, and says when there is none', () => {
  const explorer = acksOne();
  const seen: number[] = [];
  const search = (claim: string, after: Step[], maxStates = limits.maxStates) =>
    explorer.search(claim, after, { ...limits, maxStates }, ({ states }) => seen.push(states));
  const { moves } = search('acknowledgedRecordsSurvive', []);
  expect(moves?.length).toBe(2);
  const sent = taking(explorer, 'The producer sends');
  expect(search('acknowledgedRecordsSurvive', sent).moves?.length).toBe(1);
  expect(search('aRecordIsAcknowledged', sent).moves).toEqual([]);
  const none = search('oneLeaderPerEpoch', []);
  expect([none.moves, none.complete, none.limit]).toEqual([null, true, null]);
  expect(seen.length).toBeGreaterThan(0);
  const stopped = search('oneLeaderPerEpoch', [], 500);
  expect([stopped.moves, stopped.complete, stopped.limit?.split(',')[0]]).toEqual([
    null,
    false,
    expect.stringMatching(/^Stopped at \d+ states \(the limit is 500\)$/),
  ]);
});

test('a move that is not possible is refused', () => {
  const explorer = acksOne();
  const [crash] = taking(explorer, 'b1 crashes');
  expect(() => explorer.look({ moves: [crash!, crash!], at: 0 })).toThrow(
    /^Move 2 \(network: CRASH broker=b1 .*\) is not possible: /,
  );
  expect(explorer.look({ moves: [crash!], at: 1 }).run.length).toBe(1);
});

/** States that differ, and moves by brute force: every stimulus, every loss, through plain XState. */
function possibleStates(explorer: Explorer, from: PlainState): Set<string> {
  const { system } = explorer;
  const found = new Set<string>();
  for (const stimulus of system.stimuli.keys()) {
    for (let lost = 0, losable = 0; lost <= losable; lost++) {
      const move = plainMove(system, from, stimulus, lost);
      losable = Math.max(losable, move.losable);
      if ('impossible' in move) continue;
      const { snapshots } = move.state;
      const names = Object.keys(snapshots);
      if (names.every((name) => isSameLocal(from.snapshots[name]!, snapshots[name]!))) continue;
      found.add(textOf(move.state));
    }
  }
  return found;
}

const textOf = ({ snapshots, budget }: PlainState): string =>
  JSON.stringify([
    Object.values(snapshots).map(({ value, context }) => [value, context]),
    Object.entries(budget).sort(),
  ]);

function after(explorer: Explorer, moves: readonly Step[]): PlainState {
  return moves.reduce((state, { stimulus, lost }): PlainState => {
    const move = plainMove(explorer.system, state, stimulus, lost);
    if ('impossible' in move) throw new Error(move.impossible);
    return move.state;
  }, plainStart(explorer.system));
}

/** For every aspect the first example that has a subject of it. */
const subjects = aspects.flatMap((aspect) => {
  const example = ['production', 'laptop'].find(
    (name) => aspect.subjectsOf(readDeployment([`examples/${name}`])).length > 0,
  );
  return example === undefined ? [] : [{ aspect, example, name: aspect.name }];
});

test.each(subjects)(
  '$name: what is offered leads to all states that a move can lead to',
  ({ aspect, example }) => {
    const [first = ''] = aspect.faults;
    const explorer = new Explorer(aspect, inputOf(aspect, example, first ? { [first]: 1 } : {}));
    const moves: Step[] = [];
    for (let depth = 0; depth < 6; depth++) {
      const { enabled } = explorer.look({ moves, at: depth });
      const here = after(explorer, moves);
      const offered = new Set(enabled.map(({ move }) => textOf(after(explorer, [...moves, move]))));
      expect(offered).toEqual(possibleStates(explorer, here));
      expect(new Set(enabled.map(({ says }) => says.length > 0))).toEqual(new Set([true]));
      if (enabled.length === 0) break;
      moves.push(enabled[(depth * 7) % enabled.length]!.move);
    }
    expect(moves.length).toBeGreaterThan(2);
  },
);
