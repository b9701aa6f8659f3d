import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { CacheResult } from '../cache/response-cache.ts';
import type { Clock } from '../clock.ts';
import type { MediaType } from '../graphql/executor.ts';
import type { Header, HeaderOptions } from './entry-headers.ts';
import { createForms, type ReadyForm } from './front-door-forms.ts';
import { createKnownRequests, type RequestBytes } from './front-door-requests.ts';
import type { Asked } from './front-door-visit.ts';
import { negotiateCoding, negotiateMediaType, type Coding } from './negotiate.ts';

/** What is sent to a request that came the whole way. */
export interface Lesson {
  readonly mediaType: MediaType;
  /** Of the answer, in the cache. */
  readonly key: string;
  /** Headers that are none of the answer's own, without the request's id. */
  readonly around: readonly Header[];
  /** What it costs to be answered from memory, where that is counted. */
  readonly price?: number;
}

/** What a door has learnt of requests and their answers. */
export interface DoorMemory {
  /** Of the answer to exactly `bytes`; undefined: nobody has asked them. */
  keyOf(asked: Asked, bytes: RequestBytes): string | undefined;
  /** What an answer to exactly `bytes` costs out of memory. */
  priceOf(bytes: RequestBytes): number;
  codingOf(asked: Asked): Coding;
  /** How `result` goes out to whoever asked; undefined: not packed that way yet, or nobody has had that sort of headers. */
  formOf(asked: Asked, result: CacheResult): ReadyForm | undefined;
  learn(headers: IncomingHttpHeaders, bytes: RequestBytes, lesson: Lesson): void;
}

export interface DoorMemoryOptions extends HeaderOptions {
  readonly clock: Clock;
  /** Whether the headers of others depend on the Origin of a request. */
  readonly isOriginTold: boolean;
  /** Bound of the requests remembered. */
  readonly limitBytes: number;
}

/** Origins whose headers are remembered: those that are allowed are asked for most. */
const ORIGIN_LIMIT = 100;

/** An empty memory. */
export const createDoorMemory = (options: DoorMemoryOptions): DoorMemory => {
  const { clock, isOriginTold, limitBytes } = options;
  const requests = createKnownRequests(limitBytes);
  const forms = createForms(options);
  const aroundOf = new LRUCache<string, readonly Header[]>({ max: ORIGIN_LIMIT });
  const originOf = (headers: IncomingHttpHeaders): string => (isOriginTold ? (headers.origin ?? '') : '');
  const codingOf: DoorMemory['codingOf'] = ({ headers }) => negotiateCoding(headers);

  return {
    keyOf({ headers }, bytes) {
      const mediaType = negotiateMediaType(headers);
      return mediaType && requests.keyOf(bytes, mediaType);
    },
    priceOf: requests.priceOf,
    codingOf,
    formOf(asked, result) {
      const around = aroundOf.get(originOf(asked.headers));
      return around && forms.of(result, codingOf(asked), around, clock.now());
    },
    learn(headers, bytes, { mediaType, key, around, price }) {
      const origin = originOf(headers);
      // The same for all that were written with it: another one, be it equal, has them written anew.
      if (!aroundOf.has(origin)) aroundOf.set(origin, around);
      requests.learn(bytes, mediaType, key, price);
    },
  };
};
