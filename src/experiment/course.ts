/** What happened in one run, in order, as sentences with the time after the first fault. */
import { shown } from './measures.ts';
import type { RunResult } from './result.ts';
import type { Fault, FaultKind } from './setting.ts';

export interface Happening {
  /** Seconds after the first fault. */
  readonly after: number;
  readonly says: string;
}

const WRITES: Readonly<Record<string, string>> = {
  detect: 'the controller has noticed, and ends the session',
  elect: 'every partition has a leader again',
  resume: 'writes are acknowledged again',
};
const OUTPUT: Readonly<Record<string, string>> = {
  reschedule: 'what was lost runs elsewhere',
  reload: 'its state is loaded',
  rerun: 'a batch is committed',
  catchUp: 'the output is current again',
};

/** A fault with its time. */
export type TimedFault = Fault & { readonly at: number };

/** What `result` tells of; `faults` are those of the run. */
export function happenings(result: RunResult, faults: readonly TimedFault[]): Happening[] {
  const { writes, output, wholeAgain } = result;
  const [first] = faults;
  if (!first) return [];
  const happened = [
    ...faults.map(({ at, kind, seconds }) => ({
      after: at - first.at,
      says: `${kind}${seconds > 0 && !OWN_TIME.has(kind) ? `, for ${shown(seconds)} s` : ''}`,
    })),
    ...(writes ? phases(writes.phases, WRITES) : []),
    ...(output ? phases(output.phases, writes ? OUTPUT : { ...NOTICED, ...OUTPUT }) : []),
    ...(wholeAgain === null
      ? []
      : [{ after: wholeAgain, says: 'all replicas are in sync and all executors there' }]),
  ];
  return happened.sort((a, b) => a.after - b.after);
}
/** Who comes back when the models say so, and not after `seconds`. */
const OWN_TIME: ReadonlySet<FaultKind> = new Set([
  'controllerKilled',
  'rollingRestart',
  'leaderRejuvenated',
  'workerKilled',
  'driverKilled',
]);

const NOTICED = { detect: 'it is noticed' };

/** When each phase ended that took any time. */
function phases(
  spent: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
): Happening[] {
  let after = 0;
  return Object.entries(spent).flatMap(([phase, seconds]) => {
    after += seconds;
    return seconds > 0 && words[phase] !== undefined ? [{ after, says: words[phase] }] : [];
  });
}
