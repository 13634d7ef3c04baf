/** The whole page: a report, or what waits for files until it has one; the explorer before either. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Results } from '../check/index.ts';
import { App } from './app.tsx';
import { Drop } from './drop/drop.tsx';
import { Save } from './drop/save.tsx';
import { Shell } from './explorer/shell.tsx';
import type { Told } from './told.ts';

interface Props {
  readonly told: Told;
  /** Everything unfolded, nothing to press. */
  readonly onPaper: boolean;
}

export function Page({ told, onPaper }: Props) {
  const [checked, setChecked] = useState<Results | null>(null);
  const back = useRef<HTMLButtonElement>(null);
  // What was pressed is gone: go on where the results begin.
  useEffect(() => {
    if (checked === null) return;
    scrollTo(0, 0);
    back.current?.focus();
  }, [checked]);
  if (told.results !== null) {
    return (
      <Shell home="the report">
        <App told={told} onPaper={onPaper} />
      </Shell>
    );
  }
  return (
    <Shell home={checked ? 'the report' : 'the files'}>
      <div hidden={checked !== null}>
        <Drop choices={told.choices} onResults={setChecked} />
      </div>
      {checked && (
        <>
          <nav class="checked" aria-label="What was checked">
            <button type="button" ref={back} onClick={() => setChecked(null)}>
              ← Check other files
            </button>{' '}
            <Save results={checked} />
          </nav>
          <App told={{ ...told, results: checked }} onPaper={onPaper} />
        </>
      )}
    </Shell>
  );
}
