/** A command to copy, or another text of some lines. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface Props {
  readonly text: string;
  /** The text as it is shown, where it is more than plain. */
  readonly children?: ComponentChildren;
}

export function Command({ text, children = text }: Props) {
  const shown = useRef<HTMLElement>(null);
  const [said, say] = useState('Copy');
  const copy = async (): Promise<void> => {
    // Selected first: where the page may not write to the clipboard, a key press copies it.
    getSelection()?.selectAllChildren(shown.current!);
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
    } catch {
      say('Selected: press Ctrl+C');
    }
  };
  return (
    <div class="command">
      <code ref={shown}>{children}</code>
      <button type="button" onClick={copy} onBlur={() => say('Copy')}>
        {said}
      </button>
    </div>
  );
}
