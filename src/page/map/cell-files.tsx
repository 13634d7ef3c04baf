/** One cell in full: its files, the command that checks it again, and that check in the page. */
import { useEffect, useState } from 'preact/hooks';
import type { CheckOptions, Results } from '../../check/index.ts';
import type { SweepRow } from '../../sweep/cell.ts';
import { Command } from '../command.tsx';
import { cellCommand } from '../commands.ts';
import { Progress, useWork } from '../drop/work.tsx';
import { Thread } from '../worker/thread.ts';

interface Props {
  readonly row: SweepRow;
  readonly onResults: (results: Results) => void;
}

export function CellFiles({ row, onResults }: Props) {
  const files = useFiles(row);
  const work = useWork(onResults);
  if (typeof files === 'string') return <p role="status">{files}</p>;
  const names = Object.keys(files);
  return (
    <div class="cell-files">
      {row.refused !== undefined && (
        <p>
          <b>Refused.</b> {row.refused}
        </p>
      )}
      <p>These files say it; the command checks them:</p>
      {names.map((name) => (
        <div key={name} class="file">
          <b>{name}</b>
          <Command text={files[name]!.trimEnd()} />
        </div>
      ))}
      <Command text={cellCommand(row, names)} />
      {row.refused === undefined && (
        <p class="controls">
          <button
            type="button"
            aria-disabled={work.running !== null}
            onClick={() => {
              if (!work.running) work.start({ files, paths: ['.'], isSwept: true }, optionsOf(row));
            }}
          >
            Check it here
          </button>{' '}
          to see how it breaks, step by step, and what repairs it.
        </p>
      )}
      <Progress work={work} />
    </div>
  );
}

/** As the sweep had it. */
const optionsOf = ({ faults, bounds, maxStates, accept }: SweepRow): CheckOptions => ({
  faults,
  bounds,
  maxStates,
  accept,
  repair: true,
});

/** The files of a cell, written by a worker; until then a sentence. */
function useFiles(row: SweepRow): Readonly<Record<string, string>> | string {
  const [files, setFiles] = useState<Readonly<Record<string, string>> | string>('Writing …');
  useEffect(() => {
    const thread = new Thread();
    let isWanted = true;
    const { verdicts: _verdicts, refused: _refused, ...cell } = row;
    thread
      .call('files', cell)
      .answer.then(
        (written) => isWanted && setFiles(written),
        (error: Error) => isWanted && setFiles(error.message),
      )
      .finally(() => thread.end());
    return () => {
      isWanted = false;
      thread.end();
    };
  }, [row]);
  return files;
}
