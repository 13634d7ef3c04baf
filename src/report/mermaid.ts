/**
 * A run as a Mermaid sequence diagram: a lane for each component that speaks, hears or is struck,
 * the sentences of each step as a note over all lanes, and under it the messages of the step.
 */
import type { StimulusClass } from '../model/index.ts';
import type { TraceMessage } from '../schedulers/replay.ts';

/** What the diagram needs of a run: of results.json, or of a replay. */
export interface DrawnRun {
  readonly steps: readonly Step[];
  /** Who takes part. What ghosts and channels hear is not drawn: nobody in the real system does. */
  readonly components?: readonly { readonly name: string; readonly kind: string }[];
  /** Why the last state decides, without a full stop. */
  readonly because?: string;
}

interface Step {
  readonly says: readonly string[];
  readonly stimulus: { readonly component: string; readonly class: StimulusClass };
  readonly messages: readonly Message[];
}

interface Message extends Omit<TraceMessage, 'payload' | 'channel'> {
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Notes are broken into lines of about this many columns. */
const NOTE_WIDTH = 80;
/** Of a message's payload no more than this is shown. */
const PAYLOAD_WIDTH = 40;
/** Translucent, so that the text stays readable on light and dark pages. */
const FAULT_COLOUR = 'rgba(255, 80, 80, 0.15)';

/** The arrow of a message: whole, crossed where it never arrived, open where it waits. */
const ARROWS: Readonly<Record<Message['fate'], string>> = {
  delivered: '->>',
  lost: '-x',
  cut: '-x',
  queued: '-)',
};

/** The diagram; lines end with a newline. Equal runs give equal text. */
export function mermaidDiagram({ steps: all, components = [], because }: DrawnRun): string {
  const unseen = components.filter(({ kind }) => kind !== 'process').map(({ name }) => name);
  const steps = all.map((step) => ({
    ...step,
    messages: step.messages.filter(({ to }) => !unseen.includes(to)),
  }));
  const lanes = lanesOf(steps);
  const everywhere = lanes.length > 1 ? `L1,L${lanes.length}` : 'L1';
  const laneOf = (name: string): string => `L${lanes.indexOf(name) + 1}`;
  const lines = [
    'sequenceDiagram',
    ...lanes.map((name, i) => `  participant L${i + 1} as ${escaped(name)}`),
    ...steps.flatMap((step, i) => {
      const told = [
        `Note over ${everywhere}: ${note(`${i + 1}. ${step.says.join(' ')}`)}`,
        ...step.messages.map((message) => arrow(message, laneOf)),
      ];
      const body = step.stimulus.class === 'fault' ? inRed(told) : told;
      return body.map((line) => `  ${line}`);
    }),
    ...(because === undefined ? [] : [`  Note over ${everywhere}: ${note(`So ${because}.`)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** In the order in which they come up. */
function lanesOf(steps: readonly Step[]): string[] {
  const named = steps.flatMap(({ stimulus, messages }) => [
    stimulus.component,
    ...messages.flatMap(({ from, to }) => [from, to]),
  ]);
  return [...new Set(named)];
}

function arrow(message: Message, laneOf: (name: string) => string): string {
  const { type, from, to, fate } = message;
  const what = `${type}${payloadText(message)}${fate === 'delivered' ? '' : ` (${fate})`}`;
  return `${laneOf(from)}${ARROWS[fate]}${laneOf(to)}: ${escaped(what)}`;
}

/** Single values by name; what has parts of its own is left to the notes. */
function payloadText({ payload }: Message): string {
  const single = Object.entries(payload).filter(([, value]) => typeof value !== 'object');
  const text = single.map(([key, value]) => ` ${key}=${value}`).join('');
  return text.length > PAYLOAD_WIDTH ? ` ${text.slice(1, PAYLOAD_WIDTH)}...` : text;
}

const inRed = (lines: readonly string[]): string[] => [
  `rect ${FAULT_COLOUR}`,
  ...lines.map((line) => `  ${line}`),
  'end',
];

function note(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= NOTE_WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map(escaped).join('<br/>');
}

/** What would end a statement, or be read as markup, as Mermaid's numbered entities. */
const escaped = (text: string): string =>
  text.replaceAll(/[#;<>&%]|[^\P{Cc}]/gu, (char) => `#${char.codePointAt(0)};`);
