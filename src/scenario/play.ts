/** Plays a scenario file: each command moves the system on or asks something of it. */
import { parse } from 'yaml';
import type { Played, Suite } from '../coverage/suite.ts';
import { listed } from '../report/text.ts';
import { Act, ScenarioError } from './act.ts';
import { type Command, type Part, parseScript, renderScript } from './script.ts';

export { ScenarioError } from './act.ts';

/** What came of a file. */
export interface Performance {
  /** The file, with what came of each command now. */
  readonly text: string;
  /** The runs in it, each by the name of its suite. */
  readonly played: readonly { readonly suite: string; readonly run: Played }[];
}

/**
 * Plays a file.
 * @param name of the file, for errors.
 * @throws ScenarioError with file and line for a command that cannot be followed.
 */
export function play(name: string, text: string, suites: readonly Suite[]): Performance {
  const parts = parseScript(text);
  const acts: { suite: string; act: Act }[] = [];
  for (const part of parts) {
    if (part.kind === 'text') continue;
    const words = part.lines.join(' ').replaceAll(/\s+/g, ' ').trim();
    try {
      if (words.startsWith('deploy')) acts.push(deploy(words, suites));
      else if (acts.length === 0) throw new ScenarioError("The first command is 'deploy'.");
      else acts.at(-1)!.act.command(words);
    } catch (error) {
      if (error instanceof Error) error.message = `${name}:${part.at}: ${error.message}`;
      throw error;
    }
  }
  const outputs = acts.flatMap(({ act }) => act.outputs());
  const commands = parts.filter((part): part is Command => part.kind === 'command');
  const written = parts.map((part): Part => {
    if (part.kind === 'text') return part;
    return { ...part, output: outputs[commands.indexOf(part)]! };
  });
  return {
    text: renderScript(written),
    played: acts.map(({ suite, act }) => ({ suite, run: { ...act.one, moves: act.moves } })),
  };
}

/** `deploy NAME { option: value, ... }` */
function deploy(words: string, suites: readonly Suite[]): { suite: string; act: Act } {
  const [, name = '', given = ''] = /^deploy\s*([\w-]*)\s*(.*)$/.exec(words)!;
  const stages = suites.filter(({ stage }) => stage !== undefined);
  const found = stages.find((suite) => suite.name === name);
  if (!found) {
    throw new ScenarioError(
      `There is no '${name}' to deploy; there are ${listed(stages.map((s) => s.name))}.`,
    );
  }
  const stage = found.stage!;
  const built = stage.build.safeParse(given === '' ? {} : read(name, given));
  if (!built.success) {
    const wrong = built.error.issues.map(({ path, message }) => [...path, message].join(': '));
    throw new ScenarioError(`The options of ${name}: ${wrong.join('; ')}.`);
  }
  return { suite: name, act: new Act(stage, built.data) };
}

function read(name: string, given: string): unknown {
  try {
    return parse(given);
  } catch (error) {
    const [first] = (error as Error).message.split('\n');
    throw new ScenarioError(`The options of ${name} cannot be read: ${first}`);
  }
}
