import { describe, expect, test } from 'vitest';
import { twoPhaseClaims, twoPhaseCommit } from '../../models/reference/two-phase-commit.ts';
import { explore } from '../../src/schedulers/explore.ts';

describe('two-phase commit', () => {
  // TLC's distinct states and depth of the published module.
  test.each([
    [3, 288, 11],
    [5, 8_832, 17],
    [6, 50_816, 20],
  ])('with %i resource managers has %i states, depth %i, as TLC counts', (count, states, depth) => {
    const seen = explore(twoPhaseCommit(count), twoPhaseClaims(count), { whole: true });
    expect([seen.states, seen.depth + 1]).toEqual([states, depth]);
    expect(seen.results.map(({ claim, verdict }) => [claim.name, verdict])).toEqual([
      ['resourceManagersAgree', 'holds'],
      ['allCanEndUp committed', 'holds'],
      ['allCanEndUp aborted', 'holds'],
    ]);
  });
});
