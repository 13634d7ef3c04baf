/** One deployment of a scenario, from `deploy` to the next: its moves, and what is asked on the way. */
import type { Case, Stage } from '../coverage/suite.ts';
import { LOSSES, Stepper } from '../engine/stepper.ts';
import {
  type Claim,
  Scene,
  STATE,
  type System,
  scenesOf,
  stateName,
  type Violation,
} from '../model/index.ts';
import { listed, wrapped } from '../report/text.ts';
import { movesOf, replay, type Trace } from '../schedulers/replay.ts';
import { flow, tellStep } from './tell.ts';

/** Why a command cannot be followed, as a sentence. */
export class ScenarioError extends Error {
  override name = 'ScenarioError';
}

/** Tells what came of a command, once the whole act has been replayed. */
type Telling = (told: Told) => string[];

interface Told {
  readonly trace: Trace;
  readonly sentences: readonly (readonly string[])[];
  /** By claim: what it says of every state. */
  readonly judged: readonly (readonly (Violation | null)[])[];
}

export class Act {
  readonly one: Case;
  readonly moves: number[] = [];
  private readonly stage: Stage;
  private readonly claims: readonly Claim[];
  private readonly stepper: Stepper;
  private readonly tuple: Int32Array;
  private readonly tellings: Telling[] = [];

  constructor(stage: Stage, one: Case) {
    this.stage = stage;
    this.one = one;
    this.claims = one.claims.filter(({ modality }) => modality === 'always');
    this.stepper = new Stepper(one.system);
    this.tuple = new Int32Array(this.stepper.fields);
    this.stepper.start(this.tuple);
    const { budget = {}, bounds = {} } = one.system;
    const unknown = Object.keys(budget).find((fault) => !faultsOf(one.system).includes(fault));
    if (unknown !== undefined) {
      throw new ScenarioError(
        `There is no fault '${unknown}' here; there are ${listed(faultsOf(one.system))}.`,
      );
    }
    this.tellings.push(() => [
      `Ready: ${one.system.name}. Budget: ${amounts(budget)}. Bounds: ${amounts(bounds)}.`,
    ]);
  }

  /** @throws ScenarioError if the command means nothing here. */
  command(text: string): void {
    const [word, ...rest] = text.split(/\s+/);
    const now = this.moves.length;
    if (word === 'judge') this.tellings.push(this.judge(rest, now));
    else if (word === 'state') this.tellings.push(this.state(rest, now));
    else if (text === 'enabled') this.tellings.push(this.list());
    else if (text === 'evidence') this.tellings.push(this.evidence(now));
    else this.move(text);
  }

  /** What came of each command, in order, that of `deploy` first. */
  outputs(): string[][] {
    const trace = replay(this.one.system, movesOf(this.one.system, this.moves));
    const sentences = this.stage.narrate?.(trace) ?? trace.steps.map(tellStep);
    const judged = this.claims.map((claim) => trace.judge(claim));
    const told: Told = { trace, sentences, judged };
    return this.tellings.map((tell) => tell(told).flatMap((line) => wrapped(line)));
  }

  /** Moves that change something, by their commands. */
  private enabled(): Map<string, number[]> {
    const found = new Map<string, number[]>();
    this.stepper.moves(this.tuple, (move) => {
      if (!this.stepper.hasChanged(this.tuple)) return;
      const words = this.stage.words(this.stepper.decode(move).stimulus);
      found.set(words, [...(found.get(words) ?? []), move]);
    });
    return found;
  }

  private move(text: string): void {
    const [, words, loss] = /^(.*?)(?: lost (\d+))?$/.exec(text)!;
    const enabled = this.enabled();
    const chosen = choose(words!, enabled);
    const lost = Number(loss ?? 0);
    const moves = enabled.get(chosen)!;
    const move = moves.find((one) => one % LOSSES === lost);
    if (move === undefined) {
      const possible = moves.map((one) => one % LOSSES).filter((one) => one > 0);
      throw new ScenarioError(
        lost === 0
          ? `'${chosen}' is possible only with a message lost: ${listed(possible.map((one) => `lost ${one}`))}.`
          : `'${chosen}' cannot lose message ${lost}; ${possible.length === 0 ? 'none of its messages can be lost now' : `it can lose ${listed(possible.map(String))}`}.`,
      );
    }
    this.stepper.take(this.tuple, move);
    this.tuple.set(this.stepper.next);
    const at = this.moves.push(move) - 1;
    this.tellings.push(({ sentences, judged }) => [
      ...sentences[at]!,
      ...this.claims.flatMap(({ name }, i) => turned(name, judged[i]![at]!, judged[i]![at + 1]!)),
    ]);
  }

  private judge(names: readonly string[], at: number): Telling {
    const known = this.claims.map(({ name }) => name);
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new ScenarioError(`There is no claim '${unknown}'; there are ${listed(known)}.`);
    }
    return ({ judged }) => {
      const asked = this.claims.flatMap(({ name }, i) =>
        names.length === 0 || names.includes(name) ? [{ name, says: judged[i]![at]! }] : [],
      );
      const fine = asked.filter(({ says }) => says === null).map(({ name }) => name);
      return [
        ...(fine.length > 0 ? [`True: ${fine.join(', ')}.`] : []),
        ...asked.flatMap(({ name, says }) => (says ? [`False: ${name}: ${says.because}.`] : [])),
      ];
    };
  }

  private state([component, ...fields]: readonly string[], at: number): Telling {
    const names = Object.keys(this.one.system.components);
    if (component === undefined || !names.includes(component)) {
      const asked = component === undefined ? 'Whose state?' : `There is no '${component}';`;
      throw new ScenarioError(`${asked} there are ${listed(names)}.`);
    }
    return ({ trace }) => {
      const { value, context } = trace.start[component]!;
      const scene = scenesOf(trace, Scene)[at - 1];
      const data = scene ? scene.turn(component).now : { ...context, [STATE]: stateName(value) };
      const shown = Object.entries(data).filter(
        ([field]) => field !== STATE && (fields.length === 0 || fields.includes(field)),
      );
      return [
        `${component} is ${String(data[STATE])}.`,
        ...shown.map(([field, content]) => `${field}: ${flow(content)}`),
      ];
    };
  }

  private list(): Telling {
    const words = [...this.enabled().keys()];
    return () => words;
  }

  private evidence(at: number): Telling {
    const { evidence } = this.stage;
    if (!evidence) throw new ScenarioError('Nobody gathers evidence for this model.');
    return ({ trace, judged }) => {
      const witness = judged.map((says) => says[at]?.witness).find((one) => one !== undefined);
      const run = { ...trace, steps: trace.steps.slice(0, at) };
      return [...evidence(run, witness ?? null)];
    };
  }
}

/** Fault classes that anything in the system is paid from. */
const faultsOf = ({ stimuli, links = [] }: System): string[] => [
  ...new Set(
    [...stimuli.map(({ cost }) => cost), ...links.map(({ loss }) => loss)].flatMap((cost) =>
      Object.keys(cost ?? {}),
    ),
  ),
];

/** The command meant: itself, or the only one that begins so. */
function choose(words: string, enabled: ReadonlyMap<string, unknown>): string {
  if (enabled.has(words)) return words;
  const all = [...enabled.keys()];
  const longer = all.filter(
    (one) => one.startsWith(words) && /^[\s,]/.test(one.slice(words.length)),
  );
  if (longer.length === 1) return longer[0]!;
  if (longer.length > 1) {
    throw new ScenarioError(`'${words}' may mean ${listed(longer.map((one) => `'${one}'`))}.`);
  }
  throw new ScenarioError(`'${words}' cannot happen now. What can: ${all.join('; ')}.`);
}

/** A claim that has become false, or true again. */
function turned(name: string, was: Violation | null, now: Violation | null): string[] {
  if (was === null && now !== null) return [`! ${name} is broken: ${now.because}.`];
  return was !== null && now === null ? [`${name} is true again.`] : [];
}

const amounts = (of: Readonly<Record<string, number>>): string => {
  const list = Object.entries(of).filter(([, amount]) => amount > 0);
  return list.length === 0 ? 'none' : list.map(([name, amount]) => `${name} ${amount}`).join(', ');
};
