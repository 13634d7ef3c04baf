/** What the diagram consists of: boxes of text, and lines between points. Units are pixels. */
import type { Message, Step } from './run.ts';

/** A text in its place. No two boxes overlap, and no line of text is wider than its box. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly role: 'number' | 'story' | 'lane' | 'stimulus' | 'label' | 'note' | 'turn' | 'end';
}

/** A message on its way: `end` is where it comes to. */
export interface Arrow {
  readonly start: number;
  readonly end: number;
  readonly y: number;
  readonly fate: Message['fate'];
  readonly message: Message;
}

/** Where a message waits in its channel, at its receiver's side. */
export interface Wait {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  /** It waits still when the run ends. */
  readonly isOpen: boolean;
}

/** Where a stimulus strikes. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly class: Step['stimulus']['class'];
}

export interface Lane {
  readonly name: string;
  /** Of its middle. */
  readonly x: number;
  readonly width: number;
  readonly isGhost: boolean;
}

/** A step's share of the height. */
export interface Band {
  readonly step: number;
  readonly y: number;
  readonly height: number;
  readonly class: Step['stimulus']['class'];
  readonly isInevitable: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly bands: readonly Band[];
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly waits: readonly Wait[];
  readonly marks: readonly Mark[];
}

/** Heights of a line of text, and of what stands around it. */
export const LINE = { sentence: 18, label: 14 } as const;
export const SIZE = {
  /** Of the sentences at the left. */
  story: 280,
  number: 30,
  /** A message: its label, and the arrow under it. */
  row: 26,
  arrow: 20,
  laneName: 18,
  padding: 10,
} as const;
