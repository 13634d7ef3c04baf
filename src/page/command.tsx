/** A command to copy. */
import { useRef, useState } from 'preact/hooks';

export function Command({ text }: { readonly text: string }) {
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
      <code ref={shown}>{text}</code>
      <button type="button" onClick={copy} onBlur={() => say('Copy')}>
        {said}
      </button>
    </div>
  );
}
