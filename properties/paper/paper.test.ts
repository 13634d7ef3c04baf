/** The committed verdicts on the paper's statements, held to what the models say. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explore } from '../../src/schedulers/explore.ts';
import { paperStatements } from './index.ts';
import { judge, type StatementRow } from './statement.ts';
import { paperTable, summary } from './table.ts';

const written = readFileSync(new URL('../../reports/baseline/paper.md', import.meta.url), 'utf8');

it("tells the verdicts on the paper's statements as the models find them", () => {
  expect(paperTable(judge(paperStatements(), explore)).split('\n')).toEqual(written.split('\n'));
});

it('judges each statement once in each deployment', () => {
  const judged = paperStatements().map(({ says, under, claims }) => [says, under, claims].join());
  expect(judged.filter((each, at) => judged.indexOf(each) !== at)).toEqual([]);
});

it('refuses a statement about a claim that nobody makes', () => {
  const [statement] = paperStatements();
  const stray = { ...statement!, says: 'All is well.', under: 'anything', claims: ['allIsWell'] };
  expect(() => judge([stray], explore)).toThrow(
    new Error("'All is well.' (anything) names the claim 'allIsWell': no such claim."),
  );
});

it('calls a statement undecided that is undecided in one deployment', () => {
  const row = (verdict: StatementRow['verdict']): StatementRow => ({
    statement: 'All is well.',
    form: null,
    under: 'anything',
    verdict,
    breaks: null,
    shortest: null,
    scope: { faults: {}, bounds: {}, states: 1 },
  });
  expect([
    summary([row('holds'), row('broken'), row('undecided')]),
    summary([row('holds'), row('broken')]),
    summary([row('holds')]),
    summary([row('broken')]),
  ]).toEqual(['undecided in 1 of 3', 'holds in 1 of 2 deployments', 'holds', 'broken']);
});
