/** The space-time diagram as SVG. What it shows stands beside it in words, too: it is a picture. */
import { useContext } from 'preact/hooks';
import { OnPaper } from '../paper.ts';
import { plainText } from './changes.ts';
import {
  type Arrow,
  type Band,
  type Box,
  type Drawing,
  LINE,
  type Mark,
  type Wait,
} from './drawing.ts';
import { layout } from './layout.ts';
import type { Run } from './run.ts';

/** @param label what the picture shows, for those who do not see it. */
export function Diagram({ run, label }: { readonly run: Run; readonly label: string }) {
  const drawing = layout(run);
  const onPaper = useContext(OnPaper);
  // A page may end between two steps, not within one.
  const cuts = onPaper ? drawing.bands.slice(1).map(({ y }) => y) : [];
  const ends = [...cuts, drawing.height];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <figure class="diagram" tabIndex={0} aria-label={label}>
      {ends.map((end, i) => (
        <Slice key={end} drawing={drawing} from={ends[i - 1] ?? 0} to={end} label={label} />
      ))}
    </figure>
  );
}

interface SliceProps {
  readonly drawing: Drawing;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** The part of the drawing between two heights. */
function Slice({ drawing, from, to, label }: SliceProps) {
  const { width, bands, boxes, arrows, waits, marks } = drawing;
  const isHere = ({ y }: { readonly y: number }): boolean => from <= y && y < to;
  return (
    <svg width={width} height={to - from} viewBox={`0 ${from} ${width} ${to - from}`} role="img">
      <title>{label}</title>
      <Ground drawing={drawing} />
      {waits
        .filter((wait) => wait.from < to && wait.to > from)
        .map((wait) => (
          <WaitLine key={`${wait.x} ${wait.from}`} {...wait} />
        ))}
      {arrows.filter(isHere).map((arrow) => (
        <ArrowLine key={`${arrow.y} ${arrow.start}`} {...arrow} />
      ))}
      {marks.filter(isHere).map((mark) => (
        <Struck key={`${mark.y} ${mark.x}`} {...mark} />
      ))}
      {boxes.filter(isHere).map((box) => (
        <Text key={`${box.role} ${box.x} ${box.y}`} box={box} isStruck={isStruck(box, bands)} />
      ))}
    </svg>
  );
}

/** Bands and lanes, under everything else. */
function Ground({ drawing: { width, height, lanes, bands } }: { readonly drawing: Drawing }) {
  return (
    <>
      {bands.map(({ step, y, height: tall, class: kind, isInevitable }) => (
        <g key={step} class={`band ${kind} ${isInevitable ? 'inevitable' : ''}`}>
          <rect class="ground" x="0" y={y} width={width} height={tall} />
          <line class="border" x1="0" x2={width} y1={y} y2={y} />
        </g>
      ))}
      {lanes.map(({ name, x, isGhost }) => (
        <line
          key={name}
          class={isGhost ? 'axis ghost' : 'axis'}
          x1={x}
          x2={x}
          y1={bands[0]?.y ?? 0}
          y2={(bands.at(-1)?.y ?? 0) + (bands.at(-1)?.height ?? height)}
        />
      ))}
    </>
  );
}

/** Does it stand on the ground of a fault? */
const isStruck = ({ y }: Box, bands: readonly Band[]): boolean =>
  bands.some((band) => band.class === 'fault' && band.y <= y && y < band.y + band.height);

function Text({ box, isStruck: struck }: { readonly box: Box; readonly isStruck: boolean }) {
  const { x, y, width, height, lines, role } = box;
  const isSentence = role === 'story' || role === 'number' || role === 'turn' || role === 'end';
  const step = isSentence ? LINE.sentence : LINE.label;
  const inset = role === 'note' ? 6 : 3;
  const first = y + (role === 'note' ? 3 : 0) + step * 0.76;
  return (
    <g class={`text ${role} ${struck ? 'struck' : ''}`}>
      <rect x={x} y={y} width={width} height={height} rx="3" />
      {lines.map((line, i) => (
        <text key={i} x={x + inset} y={first + i * step}>
          {line}
        </text>
      ))}
    </g>
  );
}

function ArrowLine({ start, end, y, fate, message }: Arrow) {
  const { type, from, to, payload } = message;
  const way = Math.sign(end - start) || 1;
  const told = `${type} from ${from} to ${to}, ${fate}: ${plainText(payload)}`;
  return (
    <g class={`arrow ${fate}`}>
      <title>{told}</title>
      <line x1={start} x2={end} y1={y} y2={y} />
      {fate === 'lost' || fate === 'cut' ? (
        <path d={`M${end - 4},${y - 4}l8,8m0,-8l-8,8`} />
      ) : (
        <path class="head" d={`M${end},${y}l${-7 * way},-3.5v7z`} />
      )}
    </g>
  );
}

const WaitLine = ({ x, from, to, isOpen }: Wait) => (
  <g class={isOpen ? 'wait open' : 'wait'}>
    <circle cx={x} cy={from} r="2.5" />
    <line x1={x} x2={x} y1={from} y2={to} />
  </g>
);

/** A fault is a bolt, anything else a dot. */
function Struck({ x, y, class: kind }: Mark) {
  return (
    <g class={`mark ${kind}`}>
      {kind === 'fault' ? (
        <path d={`M${x + 2},${y - 8}l-7,9h5l-2,7l7,-9h-5z`} />
      ) : (
        <circle cx={x} cy={y} r="4" />
      )}
    </g>
  );
}
