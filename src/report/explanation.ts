/** Why something is broken, step by step: what happens, what each step makes false or true again. */
import type { Retold } from '../check/index.ts';
import type { Claim, Guarantee, Violation } from '../model/index.ts';
import type { Broken } from './argument.ts';
import { budgetsOf, howFound, reasonsOf } from './argument.ts';
import { isOnlyByFindings } from './findings.ts';
import { groupName } from './groups.ts';
import { repairs } from './repair.ts';
import { type Setting, settingText } from './settings-behind.ts';
import type { Style } from './style.ts';
import { counted, listed, wrapped } from './text.ts';

export interface Explained {
  readonly run: Retold;
  /** The guarantees of the run's aspect. */
  readonly guarantees: readonly Guarantee[];
  /** What the run breaks, where results.json is at hand. */
  readonly broken?: {
    readonly cells: readonly Broken[];
    /** The settings it rests on, and those of them that could be safer. */
    readonly settings: readonly Setting[];
    readonly weak: readonly Setting[];
  };
}

/** The explanation, as lines. */
export function explanation({ run, guarantees, broken }: Explained, style: Style): string[] {
  const turns = toldClaims(run, broken?.cells).map((claim) => turnsOf(claim, run, guarantees));
  const width = String(run.steps.length).length;
  const because = broken ? reasonsOf(broken.cells) : [];
  return [
    ...(broken ? titles(broken.cells, guarantees, style) : []),
    ...wrapped(run.settings),
    '',
    ...(broken ? settingsSection(broken.settings, broken.weak, style) : []),
    style.heading(counted(run.steps.length, 'step')),
    ...run.steps.flatMap((says, i) => [
      ...wrapped(says.join(' '), `${String(i + 1).padStart(width)}. `),
      ...turns
        .flatMap((turn) => turn.get(i + 1) ?? [])
        .flatMap((text) => wrapped(text, `${' '.repeat(width)}  > `)),
    ]),
    ...because.flatMap((text) => wrapped(`So ${text}.`)),
    ...(broken ? chances(broken.cells[0]!) : []),
    '',
    ...run.evidence.flatMap((line) => wrapped(line, '  ')),
    ...(broken ? repairs(broken.cells, style) : []),
  ];
}

function titles(
  cells: readonly Broken[],
  guarantees: readonly Guarantee[],
  style: Style,
): string[] {
  const { length, shortest } = cells[0]!.counterexample;
  const ids = cells[0]!.withRepairs?.findings ?? [];
  return [
    ...budgetsOf(cells).flatMap(([name, budgets]) => {
      const means = guarantees.find((guarantee) => guarantee.name === name)?.means;
      return [
        ...wrapped(budgets, `${name} is broken by `).map(style.broken),
        ...(means === undefined ? [] : wrapped(`${name}: ${means}`, '  ')),
      ];
    }),
    ...wrapped(`${groupName(cells[0]!)}: in ${counted(length, 'step')}; ${howFound(shortest)}.`),
    ...(isOnlyByFindings(cells[0]!)
      ? wrapped(
          `Not by this configuration: with ${listed(ids)} repaired it holds (--accept ${ids.join()}).`,
        )
      : []),
  ];
}

/** From which step on nothing more has to go wrong, and when it was too late. */
function chances({ counterexample }: Broken): string[] {
  const { turns } = counterexample;
  if (!turns) return [];
  const { selfMade, inevitable } = turns;
  const needed =
    selfMade === 0
      ? 'No fault is needed for it.'
      : `No further fault is needed after step ${selfMade}.`;
  const chance =
    inevitable === 0
      ? 'Nothing averts it.'
      : `The last chance to avert it was before step ${inevitable}.`;
  return wrapped(selfMade === null ? chance : `${needed} ${chance}`);
}

function settingsSection(
  settings: readonly Setting[],
  weak: readonly Setting[],
  style: Style,
): string[] {
  if (settings.length === 0) return [];
  const others = settings.filter((setting) => !weak.includes(setting));
  return [
    style.heading('Settings it rests on'),
    ...weak.flatMap((setting) => wrapped(settingText(setting), '  * ')),
    ...others.flatMap((setting) => wrapped(settingText(setting), '    ')),
    ...(weak.length > 0 ? ['  * could be safer here'] : []),
    '',
  ];
}

/**
 * Claims whose turns are told: those that must always hold, and the one that the run breaks. That a
 * state to be reached again is left for a while is the usual course of things.
 */
function toldClaims({ claims }: Retold, cells: readonly Broken[] = []): Claim[] {
  const broken = cells.map(({ counterexample }) => counterexample.claim);
  return claims.filter(({ modality, name }) => modality === 'always' || broken.includes(name));
}

/**
 * Step -> what changes for the claim there. A claim that must always hold fails from some step on, and
 * may hold again; of one that must be reachable again, being there and not is told.
 */
function turnsOf(
  claim: Claim,
  { trace }: Retold,
  guarantees: readonly Guarantee[],
): Map<number, string> {
  const of = guarantees
    .filter(({ claims }) => claims.includes(claim.name))
    .map((each) => each.name);
  const name = of.length > 0 ? `${claim.name} (${listed(of)})` : claim.name;
  const judged = trace.judge(claim);
  const turns = new Map<number, string>();
  judged.forEach((now, step) => {
    const before = step === 0 ? null : judged[step - 1]!;
    if ((before === null) !== (now === null)) turns.set(step, sentence(claim, name, now));
  });
  return turns;
}

function sentence({ modality }: Claim, name: string, now: Violation | null): string {
  if (modality === 'recovers') {
    return now === null
      ? `${name}: all is well again.`
      : `${name}: all is not well (${now.because}); it has to be reached again.`;
  }
  return now === null ? `${name} holds again.` : `${name} fails: ${now.because}.`;
}
