/** The verdicts as results.json, for `holdfast report` and all that reads it. */
import { useMemo } from 'preact/hooks';
import type { Results } from '../../check/index.ts';
import { Download } from '../download.tsx';

export function Save({ results }: { readonly results: Results }) {
  const text = useMemo(() => `${JSON.stringify(results, null, 2)}\n`, [results]);
  return (
    <Download text={text} type="application/json" name="results.json">
      Save results.json
    </Download>
  );
}
