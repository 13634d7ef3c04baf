/** The smallest change of the configuration that repairs what is broken. */
import type { Cell } from '../check/index.ts';
import { faultsText } from '../check/rows.ts';

export function RepairText({ cells }: { readonly cells: readonly Cell[] }) {
  const repairs = cells.flatMap(({ repair }) => (repair ? [repair] : []));
  const unique = [...new Map(repairs.map((repair) => [JSON.stringify(repair), repair])).values()];
  return (
    <>
      {unique.map(({ says, changes, givesUp }) => (
        <div class="repair" key={says}>
          <p>
            <b>Repair.</b> {says}
          </p>
          {changes.length > 0 && (
            <ul>
              {changes.map(({ subject, key, from, to, price }) => (
                <li key={`${subject} ${key}`}>
                  {subject}{' '}
                  <code>
                    {key}: {from} → {to}
                  </code>{' '}
                  {price}
                </li>
              ))}
            </ul>
          )}
          {givesUp.length > 0 && (
            <p>
              It gives up{' '}
              {givesUp
                .map(({ guarantee, faults }) => `${guarantee} under ${faultsText(faults)}`)
                .join('; ')}
              .
            </p>
          )}
        </div>
      ))}
    </>
  );
}
