/** A text that is made to be copied. */
import { useId, useState } from 'preact/hooks';

export function ShareLine({ label, text }: { readonly label: string; readonly text: string }) {
  const id = useId();
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // The browser does not let the page write: the text is selected, to be copied by hand.
      (document.getElementById(id) as HTMLInputElement | null)?.select();
    }
  };
  return (
    <p class="share">
      <label for={id}>{label}</label>
      <input
        id={id}
        readOnly
        value={text}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <button type="button" onClick={() => void copy()}>
        {copied === text ? 'Copied' : 'Copy'}
        <span class="unseen"> {label}</span>
      </button>
    </p>
  );
}
