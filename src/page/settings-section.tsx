/** Every setting that was read, where it stands, and what hangs on it. */
import { settingsOf } from './settings.ts';
import type { Results } from './told.ts';

export function SettingsSection({ results }: { readonly results: Results }) {
  return (
    <section id="settings">
      <h2>Settings</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <figure class="scroll" tabIndex={0} aria-label="Settings">
        <table class="settings">
          <thead>
            <tr>
              {['Setting', 'Value', 'From', 'Matters to'].map((title) => (
                <th scope="col" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          {settingsOf(results).map(({ subject, rows }) => (
            <tbody key={subject}>
              <tr>
                <th scope="rowgroup" colSpan={4} class="subject">
                  {subject}
                </th>
              </tr>
              {rows.map(({ key, value, origin, isDefault, mattersTo }) => (
                <tr key={`${key} ${value} ${origin}`} class={isDefault ? 'default' : ''}>
                  <th scope="row">{key}</th>
                  <td>
                    <code>{value}</code>
                  </td>
                  <td>{origin}</td>
                  <td>{mattersTo || 'no verdict'}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </figure>
    </section>
  );
}
