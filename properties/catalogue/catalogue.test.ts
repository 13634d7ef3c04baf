/** The committed table of known-bad designs, held to what the search finds. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entries, replication } from './index.ts';
import { catchEntry } from './judge.ts';
import { searched, toldOf } from './table.ts';

const written = readFileSync(new URL('../../reports/baseline/designs.md', import.meta.url), 'utf8');
const areas = [...new Set(entries.map(({ area }) => area))];
const inArea = (area: string): typeof entries => entries.filter((entry) => entry.area === area);

describe('the table of known-bad designs', () => {
  it('has a section for each area and no other', () => {
    const sections = [...written.matchAll(/^## (.+)$/gm)].map(([, area]) => area);
    expect(sections).toEqual(areas);
  });

  it.each(areas)('numbers each design of its own in "%s"', (area) => {
    const ids = inArea(area).map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  // Kafka's section is held to the search beside its model, where its designs are explored anyway.
  it.each(areas.filter((area) => area !== replication))(
    'tells "%s" as the search finds it',
    (area) => {
      const found = inArea(area).map((entry) => [
        ...searched(entry, catchEntry(entry)),
        entry.history,
      ]);
      expect(toldOf(written, area)).toEqual(found);
    },
  );
});
