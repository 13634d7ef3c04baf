/**
 * Which partition a key belongs to, as the Java producer has it in `BuiltInPartitioner`: the key's
 * murmur2 without its sign bit, modulo the number of partitions. The key's bytes are those of
 * `StringSerializer`, which is UTF-8. Producers on librdkafka use CRC32 unless they set
 * `partitioner=murmur2_random`; that is left out.
 *
 * Records without a key have no place here: Kafka spreads them over all partitions.
 */

const encoder = new TextEncoder();

export function partitionOf(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions;
}

/** MurmurHash2 with its 32-bit arithmetic, and the seed that Kafka fixed. */
const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** Austin Appleby's MurmurHash2 of `bytes`, as the signed integer that Java has. */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    const word = Math.imul(view.getInt32(at, true), MIX);
    hash = Math.imul(hash, MIX) ^ Math.imul(word ^ (word >>> 24), MIX);
  }
  if (whole < bytes.length) {
    for (let at = whole; at < bytes.length; at++) hash ^= bytes[at]! << (8 * (at - whole));
    hash = Math.imul(hash, MIX);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}
