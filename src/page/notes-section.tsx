/** What the files left open and how it was read, and what the check itself has to say. */
import type { Results } from './told.ts';

/** Everything that is to be noted, each text once. */
export function notesOf({ deployment, notes, cells }: Results): string[] {
  const explored = cells.flatMap(({ warnings }) =>
    warnings.filter(({ kind }) => kind === 'explored-as').map(({ text }) => text),
  );
  return [...new Set([...deployment.notes, ...notes, ...explored])];
}

export function NotesSection({ results }: { readonly results: Results }) {
  const texts = notesOf(results);
  if (texts.length === 0) return null;
  return (
    <section id="notes">
      <h2>Notes</h2>
      <ul class="notes">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
