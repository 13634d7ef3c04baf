/** A part of the page that is drawn only once it is unfolded; on paper it always is. */
import type { ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { OnPaper } from './paper.ts';

interface Props {
  readonly summary: ComponentChildren;
  readonly children: () => ComponentChildren;
  readonly isOpen?: boolean;
  readonly id?: string;
  readonly class?: string;
}

export function Unfold({ summary, children, isOpen = false, id, class: name }: Props) {
  const onPaper = useContext(OnPaper);
  const [open, setOpen] = useState(isOpen);
  return (
    <details
      id={id}
      class={name}
      open={open || onPaper}
      onToggle={({ currentTarget }) => {
        if (!onPaper) setOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {(open || onPaper) && children()}
    </details>
  );
}
