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
  const isBack = useRef(false);
  // What was pressed is gone: go on where the results begin, or, back from them, at the map.
  useEffect(() => {
    if (checked === null) {
      if (isBack.current) document.getElementById('place-heading')?.scrollIntoView();
      return;
    }
    isBack.current = true;
    scrollTo(0, 0);
    back.current?.focus();
  }, [checked]);
  const { results, map, tolerance, experiment } = told;
  const isWaiting = !results && !map && !tolerance && !experiment;
  return (
    <Shell home={isWaiting && !checked ? 'the files' : 'the report'}>
      {isWaiting && (
        <div hidden={checked !== null}>
          <Drop choices={told.choices} onResults={setChecked} />
        </div>
      )}
      {checked && (
        <>
          <nav class="checked" aria-label="What was checked">
            <button type="button" ref={back} onClick={() => setChecked(null)}>
              {isWaiting ? '← Check other files' : '← Back to the map'}
            </button>{' '}
            <Save results={checked} />
          </nav>
          <App told={{ results: checked }} onPaper={onPaper} onResults={setChecked} />
        </>
      )}
      {!isWaiting && !checked && <App told={told} onPaper={onPaper} onResults={setChecked} />}
    </Shell>
  );
}
