/**
 * Data that is told on demand, packed: a page carries megabytes of it in a few per cent of the room.
 * Runs of known-bad designs say much the same again and again.
 */
import { deflateSync, inflateSync } from 'fflate';
import { fromBase64url, toBase64url } from '../schedulers/bytes.ts';

/** A value of type `T` as deflated JSON, in base64url. */
export type Packed<T> = string & { readonly holds?: T };

export const pack = <T>(value: T): Packed<T> =>
  toBase64url(deflateSync(new TextEncoder().encode(JSON.stringify(value)), { level: 9 }));

export const unpack = <T>(packed: Packed<T>): T =>
  JSON.parse(new TextDecoder().decode(inflateSync(fromBase64url(packed)))) as T;
