import { expect, test } from 'vitest';
import { measure } from '../coverage/measure.ts';
import type { ByScheduler, MachineReport } from '../coverage/schema.ts';
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
    '  node [shape=box style=rounded fontname="Arial" fontsize=11]',
    '  edge [fontname="Arial" fontsize=10]',
    '  "works" [label=<<B>works</B><BR ALIGN="LEFT"/>2 / 3 / 0<BR ALIGN="LEFT"/>> class="state sampled healthy" color="#1a7f37"]',
    '  "broken" [label=<<B>broken</B><BR ALIGN="LEFT"/>1 / 2 / 0<BR ALIGN="LEFT"/>> class="state sampled" color="#1a7f37"]',
    '  "stopped" [label=<<B>stopped</B><BR ALIGN="LEFT"/>1 / 2 / 0<BR ALIGN="LEFT"/>> class="state sampled" color="#1a7f37"]',
    '  "burst" [label=<<B>burst</B><BR ALIGN="LEFT"/>0 / 0 / 0<BR ALIGN="LEFT"/>> class="state never" color="#6e7781"]',
    '  "works" -> "broken" [label=<<FONT COLOR="#1a7f37">BREAK 1 / 2 / 0 (fault)</FONT><BR ALIGN="LEFT"/>> class="edge sampled fault" color="#1a7f37" penwidth=2.5]',
    '  "broken" -> "stopped" [label=<<FONT COLOR="#1a7f37">MEND 1 / 2 / 0</FONT><BR ALIGN="LEFT"/>> class="edge sampled" color="#1a7f37"]',
    '  "broken" -> "burst" [label=<<FONT COLOR="#6e7781">BURST 0 / 0 / 0 (never)</FONT><BR ALIGN="LEFT"/>> class="edge never" color="#6e7781" style=dashed]',
    '  "stopped" -> "works" [label=<<FONT COLOR="#1a7f37">RESTART 1 / 2 / 0</FONT><BR ALIGN="LEFT"/>> class="edge sampled" color="#1a7f37"]',
    '}',
    '',
  ]);
});

test('inner states are drawn in the box of their parent, what stays in a state within its node', () => {
  const edge = (event: string, guard: string | null, to: string, taken: ByScheduler) => ({
    from: 'up.idle',
    event,
    guard,
    to,
    taken,
    struck: event === 'KILL',
  });
  const machine: MachineReport = {
    states: [
      { name: 'up.idle', healthy: true, visits: counts(12345, 0, 1) },
      { name: 'down', healthy: false, visits: counts(3) },
    ],
    edges: [
      edge('STOP', null, 'down', counts(2)),
      edge('NAP', 'a < b', 'up.idle', counts(0)),
      edge('KILL', 'is "tired"', 'down', counts(1, 0, 1)),
    ],
    failurePaths: [],
  };
  expect(statechartDot('a "node"', machine).split('\n')).toEqual([
    'digraph "a \\"node\\"" {',
    '  node [shape=box style=rounded fontname="Arial" fontsize=11]',
    '  edge [fontname="Arial" fontsize=10]',
    '  "down" [label=<<B>down</B><BR ALIGN="LEFT"/>3 / 0 / 0<BR ALIGN="LEFT"/>> class="state search-only" color="#9a6700"]',
    '  subgraph "cluster_up" {',
    '    label="up" style=rounded fontname="Arial" fontsize=11',
    '    "up.idle" [label=<<B>idle</B><BR ALIGN="LEFT"/>12,345 / 0 / 1<BR ALIGN="LEFT"/><FONT COLOR="#6e7781">NAP [a &lt; b] 0 / 0 / 0 (never)</FONT><BR ALIGN="LEFT"/>> class="state scenario-only healthy" color="#0969da"]',
    '  }',
    '  "up.idle" -> "down" [label=<<FONT COLOR="#9a6700">STOP 2 / 0 / 0 (search only)</FONT><BR ALIGN="LEFT"/><FONT COLOR="#0969da">KILL [is "tired"] 1 / 0 / 1 (scenario only, fault)</FONT><BR ALIGN="LEFT"/>> class="edge scenario-only fault" color="#0969da" penwidth=2.5]',
    '}',
    '',
  ]);
});
