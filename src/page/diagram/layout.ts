/**
 * The space-time diagram of a run: time goes down, a lane for each component, a band for each step.
 * At the left stands what happens, in sentences; in a band come the stimulus, the messages in order, a row
 * each, and below the lanes what changed. Each text has a row or a lane of its own, so none overlap.
 */
import { changesOf } from './changes.ts';
import { type Band, type Box, type Drawing, type Lane, LINE, SIZE } from './drawing.ts';
import { BETWEEN, type Lanes, lanesOf } from './lanes.ts';
import { Rows } from './rows.ts';
import type { Run, Step } from './run.ts';
import { type Stroke, strokesOf } from './strokes.ts';
import { linesOf, SENTENCE_CHARACTER } from './words.ts';

/** Lines of a note; of what is more, it says how much. */
const MOST_LINES = 7;

export function layout(run: Run): Drawing {
  const lanes = lanesOf(run);
  const strokes = strokesOf(run);
  const rows = new Rows(lanes);
  const boxes: Box[] = [];
  const bands: Band[] = [];
  const width = Math.max(lanes.right, SIZE.number + SIZE.story) + SIZE.padding;
  let y = 0;
  const rule = (text: string, role: 'turn' | 'end'): void => {
    const lines = linesOf(text, Math.floor((width - 2 * SIZE.padding) / SENTENCE_CHARACTER));
    const height = lines.length * LINE.sentence + 2;
    boxes.push({ x: SIZE.padding, y: y + 4, width: width - 2 * SIZE.padding, height, lines, role });
    y += height + 8;
  };
  for (const text of turnsAfter(run, 0)) rule(text, 'turn');
  run.steps.forEach((step, i) => {
    const height = band(step, strokes[i]!, y, lanes, rows);
    const story = storyOf(step, i + 1, y);
    boxes.push(...story);
    const tall = Math.max(height, ...story.map((box) => box.y + box.height - y)) + SIZE.padding;
    const isInevitable = run.turns?.inevitable === i + 1;
    bands.push({ step: i + 1, y, height: tall, class: step.stimulus.class, isInevitable });
    y += tall;
    for (const text of turnsAfter(run, i + 1)) rule(text, 'turn');
  });
  rows.close(y);
  rule(`✗ So ${run.because}.`, 'end');
  const { arrows, waits, marks } = rows;
  return {
    width,
    height: y,
    lanes: lanes.list,
    bands,
    boxes: [...boxes, ...rows.boxes],
    arrows,
    waits,
    marks,
  };
}

/** Lays out a step's lanes. @returns the height it takes. */
function band(
  step: Step,
  strokes: readonly Stroke[],
  top: number,
  lanes: Lanes,
  rows: Rows,
): number {
  let y = top + SIZE.padding / 2;
  rows.names(y);
  y += SIZE.laneName;
  if (rows.stimulus(step, y)) y += SIZE.row;
  for (const stroke of strokes) {
    rows.stroke(stroke, y);
    y += SIZE.row;
  }
  const notes = lanes.list.flatMap((lane) => noteOf(step, lane, y + 2));
  rows.boxes.push(...notes);
  return Math.max(y, ...notes.map((box) => box.y + box.height)) - top;
}

/** What changed in a component, below its lane. */
function noteOf(step: Step, { name, x, width: room }: Lane, y: number): Box[] {
  const changed = step.changed[name];
  if (!changed) return [];
  const width = room - BETWEEN;
  const columns = Math.floor((width - BETWEEN) / Rows.character);
  const changes = changesOf(changed).map((text) => linesOf(text, columns));
  const shown: string[] = [];
  let left = changes.length;
  for (const lines of changes) {
    if (shown.length + lines.length > MOST_LINES) break;
    shown.push(...lines);
    left--;
  }
  if (left > 0) shown.push(`and ${left} more`);
  const height = shown.length * LINE.label + 6;
  return [{ x: x - width / 2, y, width, height, lines: shown, role: 'note' }];
}

function storyOf({ says }: Step, step: number, y: number): Box[] {
  const columns = Math.floor(SIZE.story / SENTENCE_CHARACTER);
  const lines = linesOf(says.join(' '), columns);
  const top = y + SIZE.padding / 2 + 2;
  const height = LINE.sentence;
  return [
    { x: 4, y: top, width: SIZE.number - 4, height, lines: [`${step}`], role: 'number' },
    {
      x: SIZE.number,
      y: top,
      width: SIZE.story + SIZE.padding,
      height: lines.length * height,
      lines,
      role: 'story',
    },
  ];
}

/** What is to be said of the run between step `step` and the next; 0: before the first. */
export function turnsAfter({ turns }: Pick<Run, 'turns'>, step: number): string[] {
  if (turns === null) return [];
  const { selfMade, inevitable } = turns;
  const texts: string[] = [];
  if (selfMade === step && selfMade !== inevitable) {
    texts.push(
      step === 0
        ? 'No fault is needed: clients and protocol alone can come to this.'
        : `▲ From here on no further fault is needed.`,
    );
  }
  if (inevitable === step) {
    texts.push(
      step === 0
        ? 'Inevitable from the start: clients and protocol alone come to this in the end.'
        : `▲ Step ${step} makes it inevitable: before it, the claim could still be kept.`,
    );
  }
  return texts;
}
