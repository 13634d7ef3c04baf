/** A step without a narrator: its messages, and what it changed. */
import { type Plain, STATE, type ToldMessage, type ToldStep } from '../model/index.ts';

export const tellStep = ({ messages, changed }: ToldStep): string[] => [
  ...messages.map(messageText),
  ...Object.entries(changed).map(
    ([component, fields]) =>
      `${component}: ${Object.entries(fields)
        .map(([field, [was, now]]) =>
          field === STATE ? `${was} -> ${now}` : `${field} ${flow(was)} -> ${flow(now)}`,
        )
        .join(', ')}`,
  ),
];

function messageText({ from, to, type, payload, fate }: ToldMessage): string {
  const fields = Object.entries(payload)
    .filter(([key]) => key !== 'from')
    .map(([key, value]) => ` ${key}=${flow(value)}`);
  return `${from} -> ${to}: ${type}${fields.join('')}${fate === 'delivered' ? '' : ` (${fate})`}`;
}

/** Data in one line: `{leader: b1, isr: [b1, b2]}`. */
export function flow(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const fields = Object.entries(value).map(([field, inner]) => `${field}: ${flow(inner)}`);
  return `{${fields.join(', ')}}`;
}
