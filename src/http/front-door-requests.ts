import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { MediaType } from '../graphql/apollo.ts';

/** What a client asks, as it came: the address of a GET, the body of a POST. */
export type RequestBytes = string | Buffer;

/** Requests seen before, byte for byte, and the place of their answer in the cache. */
export interface KnownRequests {
  /** The key of the answer to exactly `bytes`, written as `mediaType`. */
  keyOf(bytes: RequestBytes, mediaType: MediaType): string | undefined;
  learn(bytes: RequestBytes, mediaType: MediaType, key: string): void;
}

interface Known {
  readonly bytes: RequestBytes;
  readonly keys: { [Name in MediaType]?: string };
}

/** A place's share of the bound besides the bytes: keys of 64 letters, the objects that hold them. */
const PLACE_BYTES = 512;

const isSame = (one: RequestBytes, other: RequestBytes): boolean =>
  typeof one === 'string' ? one === other : typeof other !== 'string' && one.equals(other);

/**
 * Remembers requests within `limitBytes`, the longest unseen going first.
 *
 * Found by a checksum, which takes a tenth of the time of hashing a long string, and then compared whole: two requests
 * of one checksum take each other's place, and nobody is ever given the other's answer.
 */
export const createKnownRequests = (limitBytes: number): KnownRequests => {
  const places = new LRUCache<number, Known>({
    maxSize: limitBytes,
    sizeCalculation: ({ bytes }) => bytes.length + PLACE_BYTES,
  });
  return {
    keyOf(bytes, mediaType) {
      const known = places.get(crc32(bytes));
      return known !== undefined && isSame(known.bytes, bytes) ? known.keys[mediaType] : undefined;
    },
    learn(bytes, mediaType, key) {
      const place = crc32(bytes);
      const known = places.get(place);
      if (known !== undefined && isSame(known.bytes, bytes)) known.keys[mediaType] = key;
      else places.set(place, { bytes, keys: { [mediaType]: key } });
    },
  };
};
