/** Configuration files in, verdicts out, without installing anything: nothing leaves the page. */
import { useRef, useState } from 'preact/hooks';
import type { Results } from '../../check/index.ts';
import type { Told } from '../told.ts';
import { type Contents, droppedFiles, filesOf, foldersOf, pathsOf } from './files.ts';
import { Paste } from './paste.tsx';
import { type Chosen, FIRST, Settings } from './settings.tsx';
import { Progress, useWork } from './work.tsx';
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
        <Settings
          faults={choices?.faults ?? []}
          guarantees={choices?.guarantees ?? []}
          findings={choices?.findings ?? []}
          chosen={chosen}
          onChange={setChosen}
        />
        <p>
          <button
            type="button"
            class="main"
            aria-disabled={isEmpty || work.running !== null}
            onClick={() => {
              if (!isEmpty && !work.running) work.start({ files, paths }, chosen);
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
                      const { files: all } = choices.examples;
                      work.start({ files: all, paths: [`examples/${name}`] }, chosen);
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
