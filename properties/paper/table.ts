/** The verdicts on the paper's statements as Markdown. */
import { notDecided } from './not-decided.ts';
import type { StatementRow } from './statement.ts';

const preface = `# The paper's statements

C. K. Banait, O. P. Ghade: *Fault Tolerance And Recovery Mechanisms In Apache Spark And Kafka
Integration*. Each statement is judged by exhaustive search of small models, deployment by
deployment. A verdict is about the deployment, the faults and the bounds in its row and says nothing
beyond them. *Faults*: how often each class may strike (\`lag\`: a leader finds members of the ISR
lagging, which is no fault). *Shortest*: moves of the shortest counterexample. *States*: those seen
until all was decided, so the whole bounded space where a row holds. "Findings repaired": Kafka or
Spark without the flaws that the models' READMEs list as findings; without the remark both are alike
or the version named is meant. A row is about Kafka 4.1, Structured Streaming of Spark 4.1, core and
DStreams of Spark 4.

Written by \`npm run baseline:paper\`.
`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map(line).join('\n');

/** `{ crash: 1, lag: 2 }` as 'crash 1, lag 2'. */
const amounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const cells = ({ under, verdict, breaks, shortest, scope }: StatementRow): string[] => [
  under,
  verdict,
  breaks === null ? '' : `\`${breaks}\``,
  shortest === null ? '' : `${shortest}`,
  amounts(scope.faults),
  amounts(scope.bounds),
  scope.states.toLocaleString('en-US'),
];

/** One verdict for a statement in several deployments. */
export function summary(rows: readonly StatementRow[]): string {
  const undecided = rows.filter(({ verdict }) => verdict === 'undecided').length;
  const holds = rows.filter(({ verdict }) => verdict === 'holds').length;
  if (undecided > 0) return `undecided in ${undecided} of ${rows.length}`;
  if (holds === rows.length) return 'holds';
  return holds === 0 ? 'broken' : `holds in ${holds} of ${rows.length} deployments`;
}

const headings = ['Deployment', 'Verdict', 'Broken', 'Shortest', 'Faults', 'Bounds', 'States'];

/** The whole report. */
export function paperTable(rows: readonly StatementRow[]): string {
  const said = [...new Set(rows.map(({ statement }) => statement))].map((statement) => ({
    statement,
    rows: rows.filter((row) => row.statement === statement),
  }));
  const sections = said.map((each) => {
    const forms = [...new Set(each.rows.flatMap(({ form }) => form ?? []))];
    const notes = forms.map((form) => `- ${form}`).join('\n');
    const table = tableOf(headings, each.rows.map(cells));
    return [`## ${each.statement}`, ...(notes ? [notes] : []), table].join('\n\n');
  });
  return [
    preface,
    tableOf(
      ['Statement', 'Verdict'],
      said.map((each) => [each.statement, summary(each.rows)]),
    ),
    '',
    sections.join('\n\n'),
    '',
    '## Not decided by these models',
    '',
    tableOf(
      ['Statement', 'Why'],
      notDecided.map(({ says, why }) => [says, why]),
    ),
    '',
  ].join('\n');
}
