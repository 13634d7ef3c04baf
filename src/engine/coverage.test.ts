import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { act, type Component, defineSystem, type Message, type Stimulus } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';
import { sample } from '../schedulers/sample.ts';
import { mail, pump } from '../testing/toys.ts';
import { ControlGraph, edgeText } from './control-graph.ts';
import { coverage, mergeCoverage } from './coverage.ts';
import { failurePaths, MOST_PATHS } from './failure-paths.ts';

const drawn = (machine: Component['machine']) => new ControlGraph(machine).edges.map(edgeText);

describe('a control graph', () => {
  const isTired = () => true;

  test('hands events of a parent state down to every state below', () => {
    const machine = setup({ guards: { isTired } }).createMachine({
      initial: 'up',
      states: {
        up: {
          initial: 'idle',
          on: { KILL: 'down', NAP: { guard: 'isTired', target: '.idle' } },
          states: { idle: { on: { WORK: 'busy' } }, busy: { on: { PING: { actions: [] } } } },
        },
        down: { on: { START: 'up' } },
      },
    });
    expect(drawn(machine)).toEqual([
      'up.idle --WORK--> up.busy',
      'up.idle --KILL--> down',
      'up.idle --NAP[isTired]--> up.idle',
      'up.busy --PING--> up.busy',
      'up.busy --KILL--> down',
      'up.busy --NAP[isTired]--> up.idle',
      'down --START--> up.idle',
    ]);
  });

  test('leaves out what an inner or an earlier transition always answers first', () => {
    const machine = setup({ guards: { isTired } }).createMachine({
      initial: 'in',
      on: { GO: '.out', STAY: '.out' },
      states: {
        in: {
          on: { GO: [{ guard: 'isTired', target: 'out' }, { target: 'in' }, { target: 'out' }] },
        },
        out: {},
      },
    });
    expect(drawn(machine)).toEqual([
      'in --GO[isTired]--> out',
      'in --GO--> in',
      'in --STAY--> out',
      'out --GO--> out',
      'out --STAY--> out',
    ]);
  });

  test('draws the regions of a parallel machine one by one', () => {
    const machine = setup({}).createMachine({
      type: 'parallel',
      states: {
        disk: { initial: 'fine', states: { fine: { on: { FAIL: 'full' } }, full: {} } },
        net: { initial: 'up', states: { up: { on: { FAIL: 'gone' } }, gone: {} } },
      },
    });
    expect(drawn(machine)).toEqual(['disk.fine --FAIL--> disk.full', 'net.up --FAIL--> net.gone']);
  });

  test('follows an eventless transition that has no guard', () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { GO: 'passing' } }, passing: { always: 'b' }, b: {} },
    });
    expect(drawn(machine)).toEqual(['a --GO--> b']);
  });
});

describe('coverage', () => {
  const broken = coverage(explore(pump({ breaks: 1 }), [], { whole: true }).stepper);

  test('counts states and edges taken, and those of fault moves apart', () => {
    expect(broken.machines.pump!.edges).toEqual([
      { from: 'works', event: 'BREAK', guard: null, to: 'broken', taken: 1, struck: 1 },
      { from: 'broken', event: 'MEND', guard: null, to: 'stopped', taken: 1, struck: 0 },
      { from: 'broken', event: 'BURST', guard: null, to: 'burst', taken: 0, struck: 0 },
      { from: 'stopped', event: 'RESTART', guard: null, to: 'works', taken: 1, struck: 0 },
    ]);
    expect(broken.machines.pump!.states).toEqual([
      { name: 'works', visits: 2, healthy: true },
      { name: 'broken', visits: 1, healthy: false },
      { name: 'stopped', visits: 1, healthy: false },
      { name: 'burst', visits: 0, healthy: false },
    ]);
  });

  test('names what never happened', () => {
    expect(broken.neverTaken).toEqual(['pump: broken --BURST--> burst']);
    expect(broken.neverFollowed).toEqual(['pump: works > BREAK > broken > BURST > burst']);
    expect(broken.neverFired).toEqual(['fault BURST']);
  });

  test('lists paths from health through a fault to health, or to an end', () => {
    expect(broken.machines.pump!.failurePaths).toEqual([
      { path: ['works', 'BREAK', 'broken', 'BURST', 'burst'], taken: 0 },
      { path: ['works', 'BREAK', 'broken', 'MEND', 'stopped', 'RESTART', 'works'], taken: 1 },
    ]);
  });

  test('adds up over runs and schedulers', () => {
    const burst = coverage(explore(pump({ breaks: 1, bursts: 1 }), [], { whole: true }).stepper);
    const walks = coverage(
      sample(pump({ breaks: 1 }), [], { seed: 1, runs: 5, whole: true }).stepper,
    );
    const all = mergeCoverage([broken, burst, walks]);
    expect(all.machines.pump!.edges.map(({ taken, struck }) => [taken, struck])).toEqual([
      [1 + 1 + 5, 1 + 1 + 5],
      [1 + 1 + 5, 0],
      [0 + 1 + 0, 0 + 1 + 0],
      [1 + 1 + 5, 0],
    ]);
    expect([all.neverTaken, all.neverFollowed, all.neverFired]).toEqual([[], [], []]);
    expect(mergeCoverage([all])).toEqual(all);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  });

  test('is the same for several steppers at once as for one after the other', () => {
    const steppers = [{ breaks: 1 }, { breaks: 1, bursts: 1 }].map(
      (faults) => explore(pump(faults), [], { whole: true }).stepper,
    );
    expect(coverage(steppers)).toEqual(mergeCoverage(steppers.map((one) => coverage(one))));
  });

  test('counts instances of one machine together, and leaves channels out', () => {
    const { stepper } = explore(mail({ letters: 2, mailbox: { capacity: 1 } }), [], {
      whole: true,
    });
    const { machines } = coverage(stepper);
    expect(Object.keys(machines)).toEqual(['reader', 'writer']);
    expect(machines.writer!.edges.map((edge) => [edgeText(edge), edge.taken])).toEqual([
      ['writing --WRITE[hasMore]--> writing', 2],
      ['writing --THANKS--> writing', 2],
    ]);
  });

  test('does not count moves that turned out impossible, or were only looked at', () => {
    // The second letter is refused by the full channel until the first one is delivered.
    const { stepper } = explore(mail({ letters: 9, mailbox: { capacity: 1 } }), [], {
      whole: true,
    });
    expect(coverage(stepper).machines.writer!.edges[0]!.taken).toBe(9);
    const walks = sample(mail({ letters: 9 }), [], { seed: 1, runs: 3 });
    expect(coverage(walks.stepper).machines.writer!.edges[0]!.taken).toBe(27);
  });

  test('sees what a fault does to another machine as the fault', () => {
    const plug = setup({
      actions: { pull: act(() => ({ send: [{ type: 'DARK', to: 'lamp' } as Message] })) },
    }).createMachine({ id: 'plug', on: { PULL: { actions: 'pull' } } });
    const lamp = setup({}).createMachine({
      id: 'lamp',
      initial: 'lit',
      states: { lit: { on: { DARK: 'dark' } }, dark: { on: { LIGHT: 'lit' } } },
    });
    const stimuli: Stimulus[] = [
      { to: 'plug', event: { type: 'PULL' }, class: 'fault', cost: { pull: 1 } },
      { to: 'lamp', event: { type: 'LIGHT' }, class: 'repair' },
    ];
    const components = { plug: { machine: plug }, lamp: { machine: lamp } };
    const system = defineSystem({ name: 'light', components, stimuli, budget: { pull: 2 } });
    const { machines } = coverage(explore(system, [], { whole: true }).stepper);
    expect(machines.lamp!.failurePaths).toEqual([
      { path: ['lit', 'DARK', 'dark', 'LIGHT', 'lit'], taken: 2 },
    ]);
  });
});

test('failure paths are cut off where there are too many', () => {
  const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
  const edges = names.flatMap((from) =>
    names.map((to) => ({ from, to, event: 'E', guard: null, taken: 1, struck: 1 })),
  );
  const paths = failurePaths(edges, new Set(['s0']));
  expect(paths.length).toBe(MOST_PATHS);
  expect(paths.slice(0, 2).map(({ path }) => path.join(' '))).toEqual(['s0 E s0', 's0 E s1 E s0']);
});
