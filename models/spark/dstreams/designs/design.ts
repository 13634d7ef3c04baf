/** Known-bad designs, and which system each is a design of. */
import type { Design as DesignOf } from '../../../../src/model/index.ts';
import type { DirectOptions, ReceiverOptions } from '../index.ts';

type PartDesign<Name extends string, Options extends { rules: object }> = DesignOf<
  Partial<Omit<Options, 'rules'>>,
  Options['rules']
> & {
  /** Which system it is a design of. */
  readonly system: Name;
};

export type Design =
  | PartDesign<'direct', Omit<DirectOptions, 'source'>>
  | PartDesign<'receiver', Omit<ReceiverOptions, 'source'>>;
