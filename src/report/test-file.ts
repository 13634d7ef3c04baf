/**
 * A counterexample as a Vitest file that can be committed: it takes the moves once more through the
 * model and expects the claim to fail where it failed, and, where the configuration files are known,
 * checks them for this very cell.
 */
import { type Counterexample, faultsText, type Retold } from '../check/index.ts';
import type { Budget, Claim } from '../model/index.ts';
import { numbered } from './text.ts';

/** The cell that the counterexample breaks, where results.json is at hand. */
export interface Asked {
  readonly guarantee: string;
  readonly aspect: string;
  readonly subjects: readonly string[];
  readonly faults: Budget;
  readonly bounds: string;
  readonly accept: readonly string[];
  /** What to check: a holdfast.yaml, or the files themselves. */
  readonly files: readonly string[];
}

export interface TestedRun {
  readonly token: string;
  readonly run: Pick<Retold, 'settings' | 'steps' | 'trace'>;
  readonly claim: Claim;
  readonly because?: Counterexample['because'];
  readonly asked?: Asked;
}

/** The file's text. */
export function testFile({ token, run, claim, because, asked }: TestedRun): string {
  const judged = run.trace.judge(claim);
  const wanted = claim.modality === 'recovers' ? judged.slice(-1) : judged;
  const isRecovery = claim.modality === 'recovers';
  const title = asked
    ? `${asked.guarantee} is broken by ${faultsText(asked.faults)}`
    : `${claim.name} fails`;
  const imports = asked ? 'check, readDeployment, replayToken' : 'replayToken';
  return [
    '/**',
    ` * ${commented(title)}: ${commented(run.settings)}.`,
    ' *',
    ...numbered(run.steps).map((line) => ` * ${commented(line)}`),
    ...(because === undefined ? [] : [` * So ${commented(because)}.`]),
    ' */',
    ...(asked ? ["import { isDeepStrictEqual } from 'node:util';"] : []),
    `import { ${imports} } from 'holdfast';`,
    "import { expect, test } from 'vitest';",
    '',
    'const TOKEN =',
    `  ${literal(token)};`,
    '',
    `test(${literal(`${title}, in ${run.steps.length} ${run.steps.length === 1 ? 'step' : 'steps'}`)}, () => {`,
    '  const { trace, claims } = replayToken(TOKEN);',
    `  const claim = claims.find(({ name }) => name === ${literal(claim.name)});`,
    ...(isRecovery
      ? [
          '  // That no way leads back from here is the word of the search; the last state itself is this.',
          '  expect(claim && trace.judge(claim).slice(-1)).toEqual([',
        ]
      : [
          '  // One judgement a state, the first before any move: null as long as all is well.',
          '  expect(claim && trace.judge(claim)).toEqual([',
        ]),
    ...wanted.map((judgement) => `    ${source(judgement)},`),
    '  ]);',
    '});',
    ...(asked ? ['', ...checkTest(asked)] : []),
    '',
  ].join('\n');
}

/** The cell as the files stand now. */
function checkTest({
  guarantee,
  aspect,
  subjects,
  faults,
  bounds,
  accept,
  files,
}: Asked): string[] {
  return [
    "// As the files stand today. Once they are mended, this is 'holds'.",
    "const EXPECTED = 'broken';",
    '',
    `test(${literal(`${guarantee} under ${faultsText(faults)}, as configured`)}, async () => {`,
    `  const deployment = readDeployment(${source(files)});`,
    `  const options = ${source({ faults, bounds, accept })} as const;`,
    '  const { cells } = await check(deployment, options);',
    '  const verdicts = cells',
    `    .filter(({ aspect }) => aspect === ${literal(aspect)})`,
    `    .filter(({ guarantee }) => guarantee === ${literal(guarantee)})`,
    `    .filter(({ subjects }) => subjects.includes(${literal(subjects[0] ?? '')}))`,
    '    .filter(({ faults }) => isDeepStrictEqual(faults, options.faults))',
    '    .map(({ verdict }) => verdict);',
    '  expect(verdicts).toEqual([EXPECTED]);',
    '});',
  ];
}

/** Plain data as an expression of the language. */
function source(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : literal(key);
    return `${name}: ${source(each)}`;
  });
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}

/** As a literal of the language; values from files may hold quotes. */
const literal = (text: string): string =>
  /^[^'\\\p{Cc}\u2028\u2029]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);

/** What would end the comment does not. */
const commented = (text: string): string =>
  text.replaceAll('*/', '*\u200b/').replaceAll(/\p{Cc}/gu, ' ');
