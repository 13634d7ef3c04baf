/** A text to save as a file: a link to it, made in the page. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

interface Props {
  readonly text: string;
  /** `text/csv` */
  readonly type: string;
  readonly name: string;
  readonly children: ComponentChildren;
}

export function Download({ text, type, name, children }: Props) {
  const address = useMemo(() => URL.createObjectURL(new Blob([text], { type })), [text, type]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <a href={address} download={name}>
      {children}
    </a>
  );
}
