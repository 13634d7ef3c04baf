/** `holdfast explain`: why something is broken, for people and for other tools. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command, Option } from 'commander';
import { knownAspect, type Results, type Retold, replayToken } from '../check/index.ts';
import { ConfigError, didYouMean, quoted } from '../config/index.ts';
import type { Budget, Claim } from '../model/index.ts';
import { type Broken, brokenCells, storiesOf } from '../report/argument.ts';
import { type Explained, explanation } from '../report/explanation.ts';
import { isOnlyByFindings } from '../report/findings.ts';
import { itfTrace } from '../report/itf.ts';
import { mermaidDiagram } from '../report/mermaid.ts';
import { settingsOf, weakSettingsOf } from '../report/settings-behind.ts';
import { styleFor } from '../report/style.ts';
import { testFile } from '../report/test-file.ts';
import { parseFaults, parseGuarantee } from './arguments.ts';
import { usesColor, writeOut } from './output.ts';
import { readResults } from './results-file.ts';

const FORMATS = ['text', 'mermaid', 'itf', 'vitest'] as const;

interface Typed {
  readonly format: (typeof FORMATS)[number];
  readonly guarantee?: string;
  readonly faults?: Budget;
  readonly subject?: string;
  readonly output?: string;
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  $ holdfast check . --json results.json    then
  $ holdfast explain results.json           all that is required and broken
  $ holdfast explain results.json --guarantee recovers --faults powerLoss=1
  $ holdfast explain hf1-...                a token, as a report prints it
  $ holdfast explain hf1-... --format mermaid -o diagram.mmd
  $ holdfast explain results.json --format vitest -o no-acked-loss.test.ts
                                            a test to commit, until it is mended

Formats:
  text     the steps, what each makes false, and the settings that matter
  mermaid  a sequence diagram              itf  a trace for Apalache's viewers
  vitest   a test file that takes the moves once more
`;

export function explainCommand(): Command {
  return new Command('explain')
    .description('Say step by step how something is broken.')
    .argument('<file|token>', 'a results.json, or a replay token')
    .addOption(new Option('--format <name>', 'how to tell it').choices(FORMATS).default('text'))
    .option('--guarantee <name>', 'of a file: only this guarantee', parseGuarantee)
    .option('--faults <list>', 'of a file: only this row, as powerLoss=1', parseFaults)
    .option('--subject <name>', 'of a file: only this topic (or other subject)')
    .option('-o, --output <file>', 'write it there instead of printing it')
    .option('--no-color', 'print without colours, as in a pipe')
    .addHelpText('after', EXAMPLES)
    .action((source: string, typed: Typed) => {
      const stories = isToken(source) ? [ofToken(source)] : ofFile(source, typed);
      writeOut(
        typed.output,
        typed.format === 'text' ? textOf(stories, typed) : one(stories, typed),
      );
    });
}

const isToken = (source: string): boolean => /^hf\d+-/.test(source.trim()) && !existsSync(source);

/** A run to tell, and what it breaks as far as that is known. */
interface Story {
  readonly token: string;
  readonly run: Retold;
  readonly broken?: { readonly cells: readonly Broken[]; readonly results: Results };
}

const ofToken = (token: string): Story => ({ token, run: replayToken(token) });

function ofFile(file: string, typed: Typed): Story[] {
  const results = readResults(file);
  const broken = wanted(file, results, typed);
  return storiesOf(broken).map((cells) => {
    const token = cells[0]!.counterexample.replay;
    return { ...ofToken(token), broken: { cells, results } };
  });
}

/** The cells asked for; without a question what is required, and otherwise whatever is broken. */
function wanted(file: string, results: Results, { guarantee, faults, subject }: Typed): Broken[] {
  const all = brokenCells(results);
  const subjects = [...new Set(results.cells.flatMap((cell) => cell.subjects))];
  if (subject !== undefined && !subjects.includes(subject)) {
    const sentence = `it has no subject ${quoted(subject)}; ${didYouMean(subject, subjects)}`;
    throw new ConfigError({ file }, sentence);
  }
  const isAsked = guarantee !== undefined || faults !== undefined || subject !== undefined;
  const asked = all.filter(
    (cell) =>
      (guarantee === undefined || cell.guarantee === guarantee) &&
      (faults === undefined || isSameBudget(cell.faults, faults)) &&
      (subject === undefined || cell.subjects.includes(subject)),
  );
  const required = all.filter((cell) => cell.required);
  const own = required.filter((cell) => !isOnlyByFindings(cell));
  const found = isAsked ? asked : ([own, required, all].find((cells) => cells.length > 0) ?? []);
  if (found.length > 0) return found;
  const also = isAsked && all.length > 0 ? '; without --guarantee, --faults and --subject' : '';
  const what = also === '' ? 'nothing in it is broken' : 'nothing of that kind is broken in it';
  throw new ConfigError(
    { file },
    `${what}, so there is nothing to explain${also && `${also} there is`}`,
  );
}

const isSameBudget = (one: Budget, other: Budget): boolean =>
  isDeepStrictEqual(positive(one), positive(other));

const positive = (budget: Budget): Budget =>
  Object.fromEntries(Object.entries(budget).filter(([, count]) => count > 0));

function textOf(stories: readonly Story[], { color, output }: Typed): string {
  const style = styleFor(color && output === undefined && usesColor(process.stdout));
  const texts = stories.map((story, i) => {
    const lines = explanation(explainedOf(story, stories[i - 1]), style);
    return [...lines, style.dim(`holdfast replay ${story.token}`)].join('\n');
  });
  return `${texts.join('\n\n')}\n`;
}

/** Settings are told once for stories of the same subjects. */
function explainedOf({ run, broken }: Story, before: Story | undefined): Explained {
  const { guarantees } = knownAspect(run.aspect);
  if (!broken) return { run, guarantees };
  const { cells, results } = broken;
  const known = before?.broken?.cells[0]?.subjects;
  const settings = isDeepStrictEqual(known, cells[0]!.subjects)
    ? []
    : settingsOf(cells[0]!, results);
  const weak = [...new Set(cells.flatMap((cell) => weakSettingsOf(cell, settings)))];
  return { run, guarantees, broken: { cells, settings, weak } };
}

/** One run, for another tool. */
function one([story, ...others]: readonly Story[], { format }: Typed): string {
  const { token, run, broken } = story!;
  if (others.length > 0) {
    process.stderr.write(
      `holdfast: the first of ${others.length + 1} courses of events; choose with --guarantee, --faults and --subject.\n`,
    );
  }
  const cell = broken?.cells[0];
  const because = cell?.counterexample.because;
  if (format === 'mermaid') {
    const steps = run.trace.steps.map((step, i) => ({ ...step, says: run.steps[i]! }));
    return mermaidDiagram({
      steps,
      components: run.components,
      ...(because !== undefined && { because }),
    });
  }
  if (format === 'itf') {
    return `${JSON.stringify(itfTrace(run.trace, run.settings), null, 2)}\n`;
  }
  const claim = claimOf(run, cell);
  return testFile({
    token,
    run,
    claim,
    ...(because !== undefined && { because }),
    ...(cell && { asked: askedOf(cell, broken!.results) }),
  });
}

/** The claim that the run is about: the cell's, or the first that fails at its end. */
function claimOf({ claims, trace }: Retold, cell: Broken | undefined): Claim {
  const found = cell
    ? claims.find(({ name }) => name === cell.counterexample.claim)
    : claims.find((claim) => trace.judge(claim).at(-1) !== null);
  if (found) return found;
  throw new ConfigError(
    { file: 'the replay token' },
    'no claim fails at the end of its run, so there is nothing to expect; give the results.json it comes from',
  );
}

function askedOf(
  { guarantee, aspect, subjects, faults }: Broken,
  { deployment, options }: Results,
): NonNullable<Parameters<typeof testFile>[0]['asked']> {
  const main = deployment.files.filter((file) => /^(.*\.)?holdfast\.ya?ml$/.test(basename(file)));
  const files = main.length > 0 ? main : deployment.files;
  const { bounds, accept } = options;
  return { guarantee, aspect, subjects, faults, bounds, accept, files };
}
