/** Configuration files in, verdicts out, without installing anything: nothing leaves the page. */
import { useRef, useState } from 'preact/hooks';
import type { Results } from '../../check/index.ts';
import type { Told } from '../told.ts';
import { StoppedError } from '../worker/thread.ts';
import { type Contents, droppedFiles, filesOf, foldersOf, pathsOf } from './files.ts';
import { Paste } from './paste.tsx';
import { type CheckProgress, type Running, runCheck } from './run-check.ts';
import { type Chosen, FIRST, Settings } from './settings.tsx';
import './drop.css';

interface Props {
  readonly choices: Told['choices'];
  readonly onResults: (results: Results) => void;
}

export function Drop({ choices, onResults }: Props) {
  const [files, setFiles] = useState<Contents>({});
  const [folder, setFolder] = useState('');
  const [isOver, setIsOver] = useState(false);
  const [chosen, setChosen] = useState<Chosen>(FIRST);
  const work = useWork(onResults);
  const add = (reading: Promise<Contents>): void => {
    work.clear();
    reading.then(
      (more) => setFiles((all) => ({ ...all, ...more })),
      (error: Error) => work.refuse(error.message),
    );
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    if (event.dataTransfer) add(droppedFiles(event.dataTransfer));
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(true);
  };
  const isEmpty = Object.keys(files).length === 0;
  const folders = foldersOf(files);
  const paths = folders.includes(folder) ? [folder] : pathsOf(files);
  return (
    <div class="drop">
      <header>
        <h1>Does it hold?</h1>
        <p>
          Holdfast proves which guarantees of a Kafka deployment survive which faults, from the
          configuration files you have, and shows the shortest way to break those that do not. The
          files stay in this page: nothing is sent anywhere.
        </p>
      </header>
      <main>
        <section
          aria-labelledby="files-heading"
          class={isOver ? 'target over' : 'target'}
          onDragOver={over}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
        >
          <h2 id="files-heading">Your files</h2>
          <p>
            Drop a folder or some files here: <code>server.properties</code>, topics, producers,
            Strimzi resources, Compose files, <code>holdfast.yaml</code>. Or:
          </p>
          <div class="ways">
            <Choose label="Choose files" onFiles={add} />
            <Choose label="Choose a folder" onFiles={add} isFolder />
          </div>
          <Paste onPaste={(name, text) => add(Promise.resolve({ [name]: text }))} />
          <List
            files={files}
            onRemove={(path) =>
              setFiles(({ [path]: _gone, ...rest }) => {
                work.clear();
                return rest;
              })
            }
          />
        </section>
        {folders.length > 1 && (
          <label class="folder">
            The folder to check
            <select
              value={paths[0]}
              onChange={({ currentTarget }) => setFolder(currentTarget.value)}
            >
              {folders.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <Settings faults={choices?.faults ?? []} chosen={chosen} onChange={setChosen} />
        <p>
          <button
            type="button"
            class="main"
            aria-disabled={isEmpty || work.running !== null}
            onClick={() => {
              if (!isEmpty && !work.running) work.start(files, paths, chosen);
            }}
          >
            {isEmpty ? 'Check' : `Check ${counted(Object.keys(files).length)}`}
          </button>
        </p>
        <Progress work={work} />
        {choices && (
          <section aria-labelledby="examples-heading">
            <h2 id="examples-heading">Or one of the examples</h2>
            <ul class="examples">
              {choices.examples.folders.map(({ name, about }) => (
                <li key={name}>
                  <button
                    type="button"
                    aria-disabled={work.running !== null}
                    onClick={() => {
                      if (work.running) return;
                      work.start(choices.examples.files, [`examples/${name}`], chosen);
                    }}
                  >
                    {name}
                  </button>{' '}
                  {about}
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  );
}

const counted = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;

interface Work {
  readonly running: Running | null;
  readonly progress: CheckProgress | null;
  /** Why there are no verdicts, as a sentence. */
  readonly refusal: string | null;
  readonly start: (files: Contents, paths: readonly string[], chosen: Chosen) => void;
  readonly refuse: (why: string) => void;
  readonly clear: () => void;
}

function useWork(onResults: Props['onResults']): Work {
  const [running, setRunning] = useState<Running | null>(null);
  const [progress, setProgress] = useState<CheckProgress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    running,
    progress,
    refusal,
    refuse: setRefusal,
    clear: () => setRefusal(null),
    start: (files, paths, options) => {
      setRefusal(null);
      setProgress(null);
      const begun = runCheck({ files, paths }, options, setProgress);
      setRunning(begun);
      begun.results
        .then(onResults, (error: Error) => {
          if (!(error instanceof StoppedError)) setRefusal(error.message);
        })
        .finally(() => setRunning(null));
    },
  };
}

function Progress({ work: { running, progress, refusal } }: { readonly work: Work }) {
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

interface ChooseProps {
  readonly label: string;
  readonly isFolder?: boolean;
  readonly onFiles: (reading: Promise<Contents>) => void;
}

function Choose({ label, isFolder = false, onFiles }: ChooseProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <label class="choose">
      {label}
      <input
        ref={input}
        type="file"
        multiple
        {...(isFolder && { webkitdirectory: true })}
        onChange={({ currentTarget }) => {
          onFiles(filesOf([...(currentTarget.files ?? [])]));
          currentTarget.value = '';
        }}
      />
    </label>
  );
}

interface ListProps {
  readonly files: Contents;
  readonly onRemove: (path: string) => void;
}

function List({ files, onRemove }: ListProps) {
  const paths = Object.keys(files).sort();
  if (paths.length === 0) return null;
  return (
    <ul class="files" aria-label="Files to be checked">
      {paths.map((path) => (
        <li key={path}>
          <code>{path}</code>{' '}
          <button type="button" onClick={() => onRemove(path)}>
            Remove<span class="unseen"> {path}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
