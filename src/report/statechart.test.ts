import { expect, test } from 'vitest';
import { measure } from '../coverage/measure.ts';
import type { MachineReport } from '../coverage/schema.ts';
import { pump } from '../testing/toys.ts';
import { statechartDot } from './statechart.ts';

const counts = (searched: number, sampled = 0, scenarios = 0) => ({ searched, sampled, scenarios });

test('arrows are told apart by who took them, and faults are marked', () => {
  const suite = {
    name: 'pump',
    about: 'a pump that breaks',
    phases: [],
    cases: () => [{ system: pump({ breaks: 1 }), claims: [] }],
  };
  const { machines } = measure(suite, [], { runs: 2 });
  expect(statechartDot('pump', machines.pump!).split('\n')).toEqual([
    'digraph "pump" {',
    '  rankdir=LR',
    '  node [shape=box style=rounded fontname="sans-serif" fontsize=11]',
    '  edge [fontname="sans-serif" fontsize=9]',
    '  "works" [label="works\\n2 / 3 / 0" class="state sampled healthy" color="#1a7f37"]',
    '  "broken" [label="broken\\n1 / 2 / 0" class="state sampled" color="#1a7f37"]',
    '  "stopped" [label="stopped\\n1 / 2 / 0" class="state sampled" color="#1a7f37"]',
    '  "burst" [label="burst\\n0 / 0 / 0" class="state never" color="#8c959f" style=dashed]',
    '  "works" -> "broken" [label="BREAK 1 / 2 / 0\\n(sampled, in a fault)" class="edge sampled fault" color="#1a7f37" penwidth=2.5]',
    '  "broken" -> "stopped" [label="MEND 1 / 2 / 0\\n(sampled)" class="edge sampled" color="#1a7f37"]',
    '  "broken" -> "burst" [label="BURST 0 / 0 / 0\\n(never)" class="edge never" color="#8c959f" style=dashed]',
    '  "stopped" -> "works" [label="RESTART 1 / 2 / 0\\n(sampled)" class="edge sampled" color="#1a7f37"]',
    '}',
    '',
  ]);
});

test('inner states are drawn in the box of their parent, and what is alike on one arrow', () => {
  const edge = (event: string, guard: string | null, taken: ReturnType<typeof counts>) => ({
    from: 'up.idle',
    event,
    guard,
    to: 'down',
    taken,
    struck: false,
  });
  const machine: MachineReport = {
    states: [
      { name: 'up.idle', healthy: true, visits: counts(12345, 0, 1) },
      { name: 'down', healthy: false, visits: counts(3) },
    ],
    edges: [
      edge('STOP', null, counts(2)),
      edge('KILL', 'is "tired"', counts(1)),
      edge('END', null, counts(7, 0, 1)),
    ],
    failurePaths: [],
  };
  expect(statechartDot('node', machine).split('\n').slice(4)).toEqual([
    '  "down" [label="down\\n3 / 0 / 0" class="state search-only" color="#9a6700"]',
    '  subgraph "cluster_up" {',
    '    label="up" style=rounded fontname="sans-serif" fontsize=11',
    '    "up.idle" [label="idle\\n12,345 / 0 / 1" class="state scenario-only healthy" color="#0969da"]',
    '  }',
    '  "up.idle" -> "down" [label="STOP 2 / 0 / 0\\nKILL [is \\"tired\\"] 1 / 0 / 0\\n(by search only)" class="edge search-only" color="#9a6700"]',
    '  "up.idle" -> "down" [label="END 7 / 0 / 1\\n(by a scenario only)" class="edge scenario-only" color="#0969da"]',
    '}',
    '',
  ]);
});
