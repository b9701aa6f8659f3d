import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { createSecondChance } from '../cache/second-chance.ts';
import type { MediaType } from '../graphql/executor.ts';

/** What a client asks, as it came: the address of a GET, the body of a POST. */
export type RequestBytes = string | Buffer;

/** Requests seen before, byte for byte, and the place of their answer in the cache. */
export interface KnownRequests {
  /** The key of the answer to exactly `bytes`, written as `mediaType`. */
  keyOf(bytes: RequestBytes, mediaType: MediaType): string | undefined;
  /** What it costs to be answered from there, as far as anybody has said. */
  priceOf(bytes: RequestBytes): number;
  /** `price`: of the answer, when it is there. */
  learn(bytes: RequestBytes, mediaType: MediaType, key: string, price?: number): void;
}

interface Known {
  readonly bytes: RequestBytes;
  readonly mediaType: MediaType;
  key: string;
  readonly price: number;
  /** The same request for the other media type. */
  other: { readonly mediaType: MediaType; key: string } | undefined;
}

/** A place's share of the bound besides the bytes: keys of 64 letters, the objects that hold them. */
const PLACE_BYTES = 512;

/**
 * Up to this part of the bound a request is remembered that has come once. Those that nobody sends again would take all of it, and the
 * parser that finds the others costs them microseconds once more.
 */
const ONCE_SHARE = 1 / 4;

/** Letters a request is told by at first: its last ones, where variables stand, and as many spread over it. */
const SAMPLE = 32;

/** Hashing a long string whole takes longer than all the rest of answering it: this reads a few dozen letters. */
const sampleText = (text: string): number => {
  const { length } = text;
  const step = Math.max(1, Math.floor(length / SAMPLE));
  let hash = length;
  for (let place = 0; place < length; place += step) hash = (Math.imul(hash, 31) + text.charCodeAt(place)) | 0;
  for (let place = Math.max(0, length - SAMPLE); place < length; place += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(place)) | 0;
  return hash;
};

/** The same of bytes, written once more: one function for both takes twice as long. */
const sampleBytes = (bytes: Buffer): number => {
  const { length } = bytes;
  const step = Math.max(1, Math.floor(length / SAMPLE));
  let hash = length;
  for (let place = 0; place < length; place += step) hash = (Math.imul(hash, 31) + (bytes[place] ?? 0)) | 0;
  for (let place = Math.max(0, length - SAMPLE); place < length; place += 1)
    hash = (Math.imul(hash, 31) + (bytes[place] ?? 0)) | 0;
  return hash;
};

const sampleOf = (bytes: RequestBytes): number => (typeof bytes === 'string' ? sampleText(bytes) : sampleBytes(bytes));

/** Of all letters; apart from every sample, which has 32 bits. */
const checksum = (bytes: RequestBytes): number => crc32(bytes) + 2 ** 32;

const isSame = (one: RequestBytes, other: RequestBytes): boolean =>
  typeof one === 'string' ? one === other : typeof other !== 'string' && one.equals(other);

/**
 * Remembers requests within `limitBytes`, the longest unseen going first.
 *
 * Found by a few letters; where several requests share those, by a checksum of all of them; and then compared whole. Two
 * of one checksum take each other's place, and nobody is ever given the other's answer. Most of the bound is for those that have come
 * twice.
 */
export const createKnownRequests = (limitBytes: number): KnownRequests => {
  const places = new LRUCache<number, Known | 'several'>({
    maxSize: limitBytes,
    sizeCalculation: (known) => (known === 'several' ? 0 : known.bytes.length) + PLACE_BYTES,
  });
  const refused = createSecondChance(() => places.size);
  const isWelcome = (bytes: RequestBytes): boolean =>
    places.calculatedSize < ONCE_SHARE * limitBytes || refused.isSecond(String(checksum(bytes)));
  const find = (bytes: RequestBytes): Known | undefined => {
    const first = places.get(sampleOf(bytes));
    const known = first === 'several' ? places.get(checksum(bytes)) : first;
    return known !== undefined && known !== 'several' && isSame(known.bytes, bytes) ? known : undefined;
  };
  return {
    keyOf(bytes, mediaType) {
      const known = find(bytes);
      if (known === undefined) return undefined;
      if (known.mediaType === mediaType) return known.key;
      return known.other?.mediaType === mediaType ? known.other.key : undefined;
    },
    priceOf: (bytes) => find(bytes)?.price ?? 0,
    learn(bytes, mediaType, key, price = 0) {
      const known = find(bytes);
      if (known !== undefined) {
        if (known.mediaType === mediaType) known.key = key;
        else known.other = { mediaType, key };
        return;
      }
      if (!isWelcome(bytes)) return;
      const place = sampleOf(bytes);
      const fresh: Known = { bytes, mediaType, key, price, other: undefined };
      const first = places.get(place);
      if (first === undefined) {
        places.set(place, fresh);
        return;
      }
      if (first !== 'several') {
        places.set(checksum(first.bytes), first);
        places.set(place, 'several');
      }
      places.set(checksum(bytes), fresh);
    },
  };
};
