/** One stream of pseudo-random numbers; the same parts give the same stream on every machine. */
export interface Random {
  /** An unsigned 32-bit integer. */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** An integer in [min, max], both included. */
  integer(min: number, max: number): number;
  /** A gap of a Poisson process of rate 1 (mean 1, always above 0). */
  exponential(): number;
  /** A version 4 UUID (RFC 9562). */
  uuid(): string;
  /** `count` random bytes in lower-case hexadecimal. */
  hex(count: number): string;
  /** A new array in random order, every order as likely (Fisher and Yates). */
  shuffle<T>(values: readonly T[]): T[];
}

/** What a stream is named by: a seed and labels, for example `createRandom(plan.seed, 'arrivals')`. */
export type SeedPart = number | string;

/**
 * A generator of its own for one purpose: sfc32 (Chris Doty-Humphrey, PractRand, public domain), its 96 bits of state filled by
 * three differently seeded hashes of the parts, so that streams of different parts are independent and one stream never shifts another.
 */
export function createRandom(...parts: SeedPart[]): Random {
  const text = seedText(parts);
  let a = murmur3(text, 0x9e3779b9) | 0;
  let b = murmur3(text, 0x243f6a88) | 0;
  let c = murmur3(text, 0xb7e15162) | 0;
  let counter = 1;

  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  // PractRand mixes the state this many times before the first output.
  for (let round = 0; round < 12; round++) uint32();

  const next = () => (uint32() * 2 ** 21 + (uint32() >>> 11)) * 2 ** -53;

  function hex(count: number): string {
    let digits = '';
    while (digits.length < count * 2) digits += uint32().toString(16).padStart(8, '0');
    return digits.slice(0, count * 2);
  }

  function uuid(): string {
    const digits = hex(16);
    const variant = '89ab'.charAt(uint32() & 3);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  function shuffle<T>(values: readonly T[]): T[] {
    const left = [...values];
    const shuffled: T[] = [];
    while (left.length > 0) shuffled.push(...left.splice(Math.floor(next() * left.length), 1));
    return shuffled;
  }

  return {
    uint32,
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    exponential: () => -Math.log(1 - next()) || Number.MIN_VALUE,
    uuid,
    hex,
    shuffle,
  };
}

/** A seed for a part of the whole, 0 to 2^31 - 1 (fits every seed field); `deriveSeed(seed, 'block', 3)` for one. */
export function deriveSeed(...parts: SeedPart[]): number {
  return murmur3(seedText(parts), 0x3c6ef372) >>> 1;
}

/** Parts written so that no two lists of parts give the same text (`'1', 2` and `'12'` differ, and so do `1` and `'1'`). */
function seedText(parts: readonly SeedPart[]): string {
  return parts.map((part) => (typeof part === 'number' ? `n${part};` : `s${part.length}:${part};`)).join('');
}

/** MurmurHash3 x86_32 (Austin Appleby, public domain) over UTF-16 code units, two a word. */
function murmur3(text: string, seed: number): number {
  let hash = seed | 0;
  for (let index = 0; index < text.length; index += 2) {
    let word = text.charCodeAt(index) | ((index + 1 < text.length ? text.charCodeAt(index + 1) : 0) << 16);
    word = Math.imul(word, 0xcc9e2d51);
    word = (word << 15) | (word >>> 17);
    hash ^= Math.imul(word, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length * 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
