/** The verdicts as results.json, for `holdfast report` and all that reads it. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Results } from '../../check/index.ts';

export function Save({ results }: { readonly results: Results }) {
  const address = useMemo(() => {
    const text = `${JSON.stringify(results, null, 2)}\n`;
    return URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  }, [results]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <a href={address} download="results.json">
      Save results.json
    </a>
  );
}
