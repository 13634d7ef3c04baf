/**
 * The replay token: one short string that reproduces a failure exactly.
 *
 * It carries the name of the model, the options its system was built from, and the moves. Moves are
 * indices into the system's list of stimuli, hence a token also carries a mark of that list: with
 * a model that has changed since, it is refused, not misread.
 *
 * Form: `hf1-` and base64url of a CRC-32 (4 bytes) and deflated JSON.
 */
import { deflateSync, inflateSync } from 'fflate';
import type { Plain, System } from '../model/system.ts';
import { crc32, fromBase64url, toBase64url } from './bytes.ts';
import { labelOf, type Move } from './replay.ts';
import { isSame } from './same.ts';

/** What a token says. */
export interface Token {
  /** The model's name, by which its builder is found. */
  readonly model: string;
  /** What the system was built from; the caller's own affair. */
  readonly options: Plain;
  readonly moves: readonly Pick<Move, 'stimulus' | 'lost'>[];
  /** Mark of the system's stimuli. */
  readonly mark: number;
}

/** A token that cannot be used, and what to do about it. */
export class TokenError extends Error {
  override name = 'TokenError';
}

const PREFIX = 'hf1-';
/** Bytes of the checksum. */
const SUM = 4;
/** A token says little: what unpacks to more is no token. */
const MOST_BYTES = 1 << 20;

/** The token of a run of `system`, which the model `model` built from `options`. */
export function encodeToken(
  system: System,
  run: Pick<Token, 'model' | 'options' | 'moves'>,
): string {
  const moves = run.moves.flatMap(({ stimulus, lost }) => [stimulus, lost]);
  const text = JSON.stringify([run.model, run.options, moves, markOf(system)]);
  if (!isSame((JSON.parse(text) as unknown[])[1], run.options)) {
    throw new TokenError('The options of a replay token must be plain JSON data.');
  }
  const packed = deflateSync(new TextEncoder().encode(text), { level: 9 });
  const bytes = new Uint8Array(SUM + packed.length);
  new DataView(bytes.buffer).setUint32(0, crc32(packed));
  bytes.set(packed, SUM);
  return PREFIX + toBase64url(bytes);
}

/**
 * Reads a token.
 * @throws TokenError if it is damaged, or of another version.
 */
export function decodeToken(text: string): Token {
  const trimmed = text.trim();
  if (!trimmed.startsWith(PREFIX)) {
    const shown = trimmed.length > 12 ? `${trimmed.slice(0, 12)}...` : trimmed;
    throw new TokenError(
      `'${shown}' is no replay token of this version: it should begin with '${PREFIX}'. Copy the whole token.`,
    );
  }
  const bytes = fromBase64url(trimmed.slice(PREFIX.length));
  const packed = bytes.subarray(SUM);
  // Letters that base64 would skip, or read as others, count as damage too.
  const isWhole = bytes.length > SUM && PREFIX + toBase64url(bytes) === trimmed;
  if (!isWhole || new DataView(bytes.buffer).getUint32(0) !== crc32(packed)) {
    throw new TokenError(
      'The replay token is damaged: its checksum is wrong. Copy it again, whole.',
    );
  }
  try {
    // What does not fit is cut off.
    const json = inflateSync(packed, { out: new Uint8Array(MOST_BYTES + 1) });
    if (json.length > MOST_BYTES) throw new Error('not a token');
    return parsed(JSON.parse(new TextDecoder().decode(json)));
  } catch {
    throw new TokenError('The replay token is well-formed but says nothing that can be replayed.');
  }
}

function parsed(content: unknown): Token {
  const [model, options, flat, mark] = content as [string, Plain, number[], number];
  const isNatural = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
  const isFit = typeof model === 'string' && isNatural(mark) && flat.length % 2 === 0;
  if (!isFit || !flat.every(isNatural)) throw new Error('not a token');
  const moves = Array.from({ length: flat.length / 2 }, (_, i) => ({
    stimulus: flat[2 * i]!,
    lost: flat[2 * i + 1]!,
  }));
  return { model, options, moves, mark };
}

/**
 * The moves of `token`, to be replayed in `system`.
 * @throws TokenError if the token was made of a system with other stimuli.
 */
export function movesOfToken(system: System, token: Token): Move[] {
  if (token.mark !== markOf(system)) {
    throw new TokenError(
      `The replay token was made with another version of the model '${token.model}': its moves mean something else now. Find the failure again, with the options ${JSON.stringify(token.options)}.`,
    );
  }
  return token.moves.map(({ stimulus, lost }) => ({
    stimulus,
    lost,
    label: labelOf(system, stimulus, lost),
  }));
}

function markOf({ components, stimuli }: System): number {
  const list = stimuli.map(({ to, event, class: kind, cost }) => [to, event, kind, cost ?? null]);
  return crc32(new TextEncoder().encode(JSON.stringify([Object.keys(components), list])));
}
