/** The page, or the explorer in its place while the address asks for a state. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Explorer } from './explorer.tsx';
import { fragment, linkOf } from './link.ts';

interface Props {
  readonly children: ComponentChildren;
  /** What the children are: "the report". */
  readonly home: string;
}

export function Shell({ children, home }: Props) {
  const asked = fragment.value;
  const link = useMemo(() => linkOf(asked), [asked]);
  const isExploring = link !== null;
  const left = useRef(0);
  // One comes back to where one was.
  useLayoutEffect(() => {
    if (!isExploring) return;
    left.current = scrollY;
    return () => scrollTo(0, left.current);
  }, [isExploring]);
  return (
    <>
      <div hidden={isExploring}>{children}</div>
      {link && <Explorer link={link} home={home} />}
    </>
  );
}
