/** Colours. They repeat what the words say, so that without them nothing is lost. */
import pc from 'picocolors';

export type Paint = (text: string) => string;

export interface Style {
  readonly heading: Paint;
  readonly dim: Paint;
  readonly holds: Paint;
  readonly broken: Paint;
  readonly undecided: Paint;
}

export function styleFor(color: boolean): Style {
  const colors = pc.createColors(color);
  return {
    heading: colors.bold,
    dim: colors.dim,
    holds: colors.green,
    broken: (text) => colors.bold(colors.red(text)),
    undecided: colors.yellow,
  };
}
