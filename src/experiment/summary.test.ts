/** What made-up runs come to, as the terminal and Markdown tell it. */
import { expect, test } from 'vitest';
import { madeUpRows } from './fixtures/rows.ts';
import { summaryTables } from './summary.ts';
import { markdownOf, tablesText } from './summary-text.ts';

const grid = { workers: [3, 7], acks: ['1', 'all'] };

test('the paper stands above what is simulated, and bands are over seeds', () => {
  expect(tablesText(summaryTables(madeUpRows({ grid, seeds: 3 })))).toMatchInlineSnapshot(`
    "The paper's Table 2, and the same simulated
      Fault                          Recovery (s)  Output current (s)  Whole again (s)  Lost (messages)      Messages/s   To ack (ms)  To sink (ms)  Recovered
      Spark node failure  the paper            15                                                   0 s          10,000            50
                          mean               16.1                16.1             5.60                0           9,053          5.48         6,000   12 of 12
                          95 % band  15.3 to 17.0        15.3 to 17.0     5.00 to 6.45                0  9,046 to 9,062  5.21 to 5.70         6,000
      Kafka node failure  the paper            12                                                   0 s          12,000            45
                          mean               8.73                17.2             8.05                0           9,058          5.45         6,000   12 of 12
                          95 % band  8.67 to 8.81        16.9 to 17.4     7.95 to 8.19                0  9,053 to 9,061  5.21 to 5.58         6,000
      Network partition   the paper            20                                                  50 s           9,000            55
                          mean               16.7                17.3             8.05              103           9,047          9.46         6,000   12 of 12
                          95 % band  16.3 to 17.0        16.9 to 17.6     7.72 to 8.32      59.5 to 134  9,037 to 9,058  9.24 to 9.71         6,000

    What recovery goes into (mean seconds, where it was needed): writes, then output
      Fault               detect  elect  resume  detect  reschedule  reload state  rerun  catch up
      Spark node failure       –      –       –    5.60        1.05          2.53   3.09      3.88
      Kafka node failure    8.05   0.26    0.42    8.05           0             0   3.38      5.75
      Network partition     8.05   0.27    8.35    8.05           0             0   3.33      5.88

    What decides how long it takes
      Fault               until            Setting        Share  Mean by value (s)
      Spark node failure  output is back   Spark workers  28 %   3: 19.3, 7: 13.0
                                           chance         72 %
      Kafka node failure  writes are back  acks           24 %   1: 8.98, all: 8.48
                                           Spark workers  3 %    3: 8.65, 7: 8.82
                                           chance         73 %
      Kafka node failure  output is back   Spark workers  96 %   3: 20.7, 7: 13.6
                                           chance         4 %
      Network partition   writes are back  acks           14 %   1: 16.8, all: 16.5
                                           Spark workers  2 %    3: 16.6, 7: 16.7
                                           chance         85 %
      Network partition   output is back   Spark workers  88 %   3: 21.3, 7: 13.2
                                           acks           2 %    1: 17.8, all: 16.7
                                           chance         10 %

    What is lost, and what is there twice (messages a run, on average)
      Fault               Acknowledged, lost  in runs  Given up, lost  Read, then lost  Twice in Kafka  Twice in sink  State as without fault
      Spark node failure                   0  0 of 12            1.25                0               0              0                12 of 12
      Kafka node failure                   0  0 of 12            1.25                0               0              0                12 of 12
      Network partition                  103  6 of 12            1.33                0               0              0                12 of 12

    Acknowledged and lost, by the settings that decide it
      Fault              acks  Mean   95 % band  in runs
      Network partition     1   205  119 to 267   6 of 6
    "
  `);
});

test('of one seed there is no band, and faults that the paper has not are not compared', () => {
  const rows = madeUpRows({ grid: { workers: [3] }, faults: ['odd'], seeds: 1 });
  const [first, ...others] = summaryTables(rows);
  expect([first!.title, first!.rows.length]).toEqual(['Fault by fault', 1]);
  expect(others.map(({ title }) => title)).toEqual([
    'What recovery goes into (mean seconds, where it was needed): writes, then output',
    'What is lost, and what is there twice (messages a run, on average)',
  ]);
});

test('Markdown escapes what is not meant as such', () => {
  const table = { title: 'a|b', columns: ['x', 'y'], rows: [['<b>', '1,000']] };
  const told = { title: '*', command: 'holdfast', notes: ['a_b'], tables: [table], reading: ['#'] };
  expect(markdownOf(told)).toMatchInlineSnapshot(`
    "## \\*

    \`\`\`sh
    holdfast
    \`\`\`

    - a\\_b

    ### a\\|b

    | x | y |
    | --- | --: |
    | \\<b\\> | 1,000 |

    ### What the numbers say

    \\#
    "
  `);
});
