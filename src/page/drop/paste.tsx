/** A file typed or pasted as text. */
import { useState } from 'preact/hooks';

interface Props {
  readonly onPaste: (name: string, text: string) => void;
}

export function Paste({ onPaste }: Props) {
  const [name, setName] = useState('server.properties');
  const [text, setText] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === '' || text.trim() === '') return;
    onPaste(name.trim(), text);
    setText('');
  };
  return (
    <details class="paste">
      <summary>Paste a file</summary>
      <form onSubmit={submit}>
        <label>
          Its name
          <input
            value={name}
            list="names"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <datalist id="names">
          {['server.properties', 'orders.topic.properties', 'producer.properties']
            .concat('kafka.yaml', 'compose.yaml', 'holdfast.yaml')
            .map((each) => (
              <option key={each}>{each}</option>
            ))}
        </datalist>
        <label>
          Its text
          <textarea
            rows={8}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit">Add it</button>
      </form>
    </details>
  );
}
