/** The guarantees an operator asks for of a producer, and the claims that make each. */
import type { IdempotenceOptions } from '../../../models/clients/idempotence/index.ts';
import type { Claim, Guarantee } from '../../../src/model/index.ts';
import { idempotenceClaims } from './claims.ts';

export const guarantees: readonly Guarantee[] = [
  {
    name: 'no-duplicates',
    means: 'A record that the application sends once is in the log once.',
    claims: ['noRecordIsWrittenTwice'],
  },
  {
    name: 'order-kept',
    means: 'Records that one producer sends to one partition are read in the order they were sent.',
    claims: ['recordsKeepTheirOrder'],
  },
];

/** The claims of all guarantees. */
export function guaranteeClaims(all: IdempotenceOptions): Claim[] {
  const wanted = guarantees.flatMap(({ claims }) => claims);
  return idempotenceClaims(all).filter(({ name }) => wanted.includes(name));
}
