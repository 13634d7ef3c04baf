/** Findings: where what is modelled breaks a claim by itself, whatever the configuration. */
import { counted } from '../report/text.ts';
import { isOnlyByFindings } from './matrix.ts';
import type { Results } from './told.ts';

export function FindingsSection({ results }: { readonly results: Results }) {
  const { findings, cells, options } = results;
  if (findings.length === 0) return null;
  return (
    <section id="findings">
      <h2>Findings</h2>
      {findings.map(({ aspect, about, see, list }) => {
        const own = cells.filter((cell) => cell.aspect === aspect && isOnlyByFindings(cell));
        return (
          <div key={aspect}>
            <h3>About {about}</h3>
            <p>
              {own.length === 0
                ? 'No cell is broken by them alone.'
                : `${counted(own.length, 'cell')} ${own.length === 1 ? 'is' : 'are'} broken by ${about} as it is written, not by this configuration.`}{' '}
              They are told in full in {see}.
            </p>
            <dl class="findings">
              {list.map(({ id, title, confidence }) => (
                <div key={id}>
                  <dt>
                    {id}
                    {options.accept.includes(id) && ' (taken as repaired)'}
                  </dt>
                  <dd>
                    {title} <span class="meta">{confidence}</span>
                  </dd>
                </div>
              ))}
            </dl>
            {own.length > 0 && (
              <p class="meta">
                <code>--accept {own[0]!.withRepairs!.findings.join(',')}</code> judges with them
                repaired.
              </p>
            )}
          </div>
        );
      })}
    </section>
  );
}
