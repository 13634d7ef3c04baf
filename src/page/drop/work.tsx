/** A check under way in the page: how far it is, a way to stop it, and why there is no result. */
import { useState } from 'preact/hooks';
import type { CheckOptions, Results } from '../../check/index.ts';
import type { Dropped } from '../worker/messages.ts';
import { StoppedError } from '../worker/thread.ts';
import { type CheckProgress, type Running, runCheck } from './run-check.ts';

/** A check, begun by a person, followed and stopped. */
export interface Work {
  readonly running: Running | null;
  readonly progress: CheckProgress | null;
  /** Why there are no verdicts, as a sentence. */
  readonly refusal: string | null;
  readonly start: (dropped: Dropped, options: CheckOptions) => void;
  readonly refuse: (why: string) => void;
  readonly clear: () => void;
}

export function useWork(onResults: (results: Results) => void): Work {
  const [running, setRunning] = useState<Running | null>(null);
  const [progress, setProgress] = useState<CheckProgress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    running,
    progress,
    refusal,
    refuse: setRefusal,
    clear: () => setRefusal(null),
    start: (dropped, options) => {
      setRefusal(null);
      setProgress(null);
      const begun = runCheck(dropped, options, setProgress);
      setRunning(begun);
      begun.results
        .then(onResults, (error: Error) => {
          if (!(error instanceof StoppedError)) setRefusal(error.message);
        })
        .finally(() => setRunning(null));
    },
  };
}

export function Progress({ work: { running, progress, refusal } }: { readonly work: Work }) {
  return (
    <div class="progress">
      {refusal !== null && (
        <p role="alert" class="refusal">
          {refusal}
        </p>
      )}
      {running && (
        <p>
          <progress
            aria-label="Explorations done"
            max={progress?.jobs ?? 1}
            value={progress?.ended ?? 0}
          />{' '}
          <button type="button" onClick={() => running.stop()}>
            Stop
          </button>
        </p>
      )}
      <p role="status">{running && progressText(progress)}</p>
    </div>
  );
}

const progressText = (progress: CheckProgress | null): string =>
  progress === null
    ? 'Reading …'
    : `${progress.ended} of ${progress.jobs} explorations done, ` +
      `${progress.states.toLocaleString('en-US')} states seen …`;
