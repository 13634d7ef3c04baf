/** The rows of a band: what strikes, and the messages, each in a row of its own. */
import { plainText } from './changes.ts';
import { type Arrow, type Box, LINE, type Mark, SIZE, type Wait } from './drawing.ts';
import { type Lanes, LONGEST_PAYLOAD } from './lanes.ts';
import type { Message, Step } from './run.ts';
import type { Flight, Stroke } from './strokes.ts';
import { LABEL_CHARACTER } from './words.ts';

/** How far along its way a message gets that never arrives. */
const SHARE_OF_WAY = 0.62;
/** From a lane to the messages that wait beside it, and from one of them to the next. */
const FIRST_WAIT = 11;
const NEXT_WAIT = 6;

/** A message that waits: where, since when. */
interface Waiting {
  readonly flight: Flight;
  readonly x: number;
  readonly since: number;
  /** 1 at the right of the lane, -1 at its left. */
  readonly side: number;
}

export class Rows {
  static readonly character = LABEL_CHARACTER;
  readonly boxes: Box[] = [];
  readonly arrows: Arrow[] = [];
  readonly waits: Wait[] = [];
  readonly marks: Mark[] = [];
  private readonly lanes: Lanes;
  private waiting: Waiting[] = [];

  constructor(lanes: Lanes) {
    this.lanes = lanes;
  }

  /** The names of the lanes, as at the head of every line of a score. */
  names(y: number): void {
    for (const { name, x } of this.lanes.list) this.label(name, x, y, 'lane');
  }

  /** @returns false if the stimulus strikes no lane: what it delivers tells it. */
  stimulus({ stimulus }: Step, y: number): boolean {
    const { component, type, payload, class: kind } = stimulus;
    const x = this.lanes.at.get(component);
    if (x === undefined) return false;
    const text = `${type} ${carriedBy(payload)}`.trim();
    const middle = y + LINE.label / 2;
    this.marks.push({ x, y: middle, class: kind });
    // A fault of the network strikes those it names.
    const struck = kind === 'fault' ? Object.values(payload).flat().map(String) : [];
    for (const name of struck) {
      const there = this.lanes.at.get(name);
      if (there !== undefined && there !== x) this.marks.push({ x: there, y: middle, class: kind });
    }
    this.beside(text, x, y, 1, 'stimulus');
    return true;
  }

  stroke(stroke: Stroke, y: number): void {
    if (stroke.kind === 'message') this.message(stroke.message, y);
    else if (stroke.kind === 'leaves') this.leaves(stroke.message, stroke.flight, y);
    else if (stroke.kind === 'arrives') this.arrives(stroke.message, stroke.flight, y);
    else this.vanishes(stroke.flight, stroke.why, y);
  }

  /** Draws what waits still at the end. */
  close(y: number): void {
    for (const { x, since } of this.waiting) {
      this.waits.push({ x, from: since, to: y, isOpen: true });
    }
    this.waiting = [];
  }

  private message(message: Message, y: number): void {
    const { from, to, type, fate } = message;
    const [start, end] = [this.at(from), this.at(to)];
    const isWhole = fate === 'delivered';
    const text = isWhole ? type : `${type} ${fate === 'cut' ? 'cut off' : 'lost'}`;
    const way = end === start ? 24 : end - start;
    const reached = isWhole && end !== start ? end : start + way * SHARE_OF_WAY;
    this.label(text, start + way / 2, y, 'label');
    this.arrows.push({ start, end: reached, y: y + SIZE.arrow, fate, message });
  }

  private leaves(message: Message, flight: Flight, y: number): void {
    const [start, lane] = [this.at(message.from), this.at(message.to)];
    const side = start < lane ? -1 : 1;
    const x = this.freePlace(lane, side);
    this.waiting.push({ flight, x, since: y + SIZE.arrow, side });
    this.label(`${message.type} waits`, (start + x) / 2, y, 'label');
    this.arrows.push({ start, end: x, y: y + SIZE.arrow, fate: 'queued', message });
  }

  private arrives(message: Message, flight: Flight | null, y: number): void {
    const lane = this.at(message.to);
    const waited = this.end(flight, y + SIZE.arrow);
    const side = waited?.side ?? 1;
    const start = waited?.x ?? lane + side * FIRST_WAIT;
    this.beside(`${message.type} arrives`, start, y, side, 'label');
    this.arrows.push({ start, end: lane, y: y + SIZE.arrow, fate: 'delivered', message });
  }

  private vanishes(flight: Flight, why: string, y: number): void {
    const waited = this.end(flight, y + SIZE.arrow);
    const x = waited?.x ?? this.at(flight.to);
    this.beside(`${flight.message.type} ${why}`, x, y, waited?.side ?? 1, 'label');
    this.arrows.push({
      start: x,
      end: x,
      y: y + SIZE.arrow,
      fate: 'lost',
      message: flight.message,
    });
  }

  private end(flight: Flight | null, y: number): Waiting | undefined {
    const found = this.waiting.find((each) => each.flight === flight);
    if (!found) return undefined;
    this.waiting = this.waiting.filter((each) => each !== found);
    this.waits.push({ x: found.x, from: found.since, to: y, isOpen: false });
    return found;
  }

  /** The place nearest to the lane at which nothing waits. */
  private freePlace(lane: number, side: number): number {
    const taken = new Set(this.waiting.map(({ x }) => x));
    let x = lane + side * FIRST_WAIT;
    while (taken.has(x)) x += side * NEXT_WAIT;
    return x;
  }

  /** A text centred at `x`, moved where it would leave the lanes. */
  private label(text: string, x: number, y: number, role: Box['role']): void {
    const width = widthOf(text);
    this.box(text, x - width / 2, y, role);
  }

  /** A text at one side of a point, at the other where there is no room. */
  private beside(text: string, x: number, y: number, side: number, role: Box['role']): void {
    const width = widthOf(text);
    const [left, right] = [x - 8 - width, x + 8];
    const hasRoom = side > 0 ? right + width <= this.lanes.right : left >= this.left;
    this.box(text, side > 0 === hasRoom ? right : left, y, role);
  }

  private box(text: string, x: number, y: number, role: Box['role']): void {
    const width = widthOf(text);
    const inside = Math.max(this.left, Math.min(x, this.lanes.right - width));
    this.boxes.push({ x: inside, y, width, height: LINE.label, lines: [text], role });
  }

  private get left(): number {
    return SIZE.number + SIZE.story + 2 * SIZE.padding;
  }

  private at(name: string): number {
    return this.lanes.at.get(name) ?? this.lanes.right;
  }
}

/** What a stimulus carries, as far as there is room: names plainly, numbers by their field. */
function carriedBy(payload: Step['stimulus']['payload']): string {
  let carried = '';
  for (const [field, value] of Object.entries(payload)) {
    if (value === false || value === null) continue;
    const isName = typeof value === 'string' || Array.isArray(value);
    const word =
      value === true ? field : isName ? plainText(value) : `${field} ${plainText(value)}`;
    const longer = carried === '' ? word : `${carried}, ${word}`;
    if (longer.length > LONGEST_PAYLOAD) break;
    carried = longer;
  }
  return carried;
}

const widthOf = (text: string): number => text.length * LABEL_CHARACTER + 6;
