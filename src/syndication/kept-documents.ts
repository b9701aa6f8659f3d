import { cacheKey } from '../cache/cache-key.ts';
import type { CacheResult, ResponseCache } from '../cache/response-cache.ts';
import { HOLD_SECONDS } from '../cache/validity.ts';
import type { Instant } from '../clock.ts';
import type { Answer } from '../content/answer.ts';
import type { Caller } from '../content/caller.ts';
import type { EditionCode } from '../content/edition.ts';
import { ownBytes } from '../content/own-bytes.ts';
import { StoreError } from '../errors.ts';
import type { Reading } from '../loaders/reading.ts';
import { withinTime, type Deadline } from '../loaders/within-time.ts';

/** A document as it is written. */
export interface MadeDocument {
  readonly contentType: string;
  readonly body: string;
  /** What its `Link` header says; absent: nothing. */
  readonly link?: string;
}

export interface DocumentRequest {
  /** All that tells it from other documents, beside who asks. */
  readonly parts: readonly string[];
  readonly caller: Caller;
  /** Whose stories it holds: the store of that edition is what is waited for. */
  readonly edition: EditionCode;
  readonly make: (reading: Reading) => Promise<MadeDocument>;
}

/** What the cache gave, and its place there. */
export interface KeptDocument extends CacheResult {
  readonly key: string;
}

export interface KeptDocuments {
  /** Whether it is about to be given out of memory. */
  isKept(request: Pick<DocumentRequest, 'parts' | 'caller'>): boolean;
  /**
   * The document, kept or made now, for whoever may see as much as the caller.
   *
   * @throws whatever `make` throws, and STORE_TIMEOUT when it takes too long: neither is kept.
   */
  through(request: DocumentRequest): Promise<KeptDocument>;
}

/** For whom, as of when and until when a document is read. */
export interface ReadingRequest {
  readonly caller: Caller;
  readonly now: Instant;
  readonly signal: Deadline;
}

export interface KeptDocumentsOptions {
  readonly cache: Pick<ResponseCache, 'through' | 'holds'>;
  /** What else alters the bytes: release, configuration. */
  readonly keyParts: readonly string[];
  readonly timeoutMs: number;
  /** What the store of an edition is called in errors. */
  readonly storeNameOf: (edition: EditionCode) => string;
  readonly createReading: (request: ReadingRequest) => {
    readonly reading: Reading;
    readonly record: () => Pick<Answer, 'tags' | 'boundaryAt' | 'languages' | 'manifest'> & {
      readonly isComplete: boolean;
    };
  };
}

/** As long as an article in the graph: what ends a document is a change, not its age. */
const MAX_AGE_SECONDS = 300;

/** Feeds and sitemaps through the cache that answers of the graph are kept in, under the same log and rights. */
export const createKeptDocuments = ({
  cache,
  keyParts,
  timeoutMs,
  storeNameOf,
  createReading,
}: KeptDocumentsOptions): KeptDocuments => {
  const limitOf = (edition: EditionCode) => ({
    limitMs: timeoutMs,
    refuse: (takenMs: number) =>
      new StoreError(storeNameOf(edition), 'STORE_TIMEOUT', {
        cause: new Error(`the document was not ready after ${takenMs} ms`),
      }),
  });
  const keyOf = ({ parts, caller }: Pick<DocumentRequest, 'parts' | 'caller'>): string =>
    cacheKey([...keyParts, 'document', ...parts, caller.audience]);
  return {
    isKept: (request) => cache.holds(keyOf(request)),
    async through({ parts, caller, edition, make }) {
      const key = keyOf({ parts, caller });
      const result = await cache.through(key, (now) =>
        withinTime(limitOf(edition), async (signal): Promise<Answer> => {
          const { reading, record } = createReading({ caller, now, signal });
          const { contentType, body, link } = await make(reading);
          const { isComplete, ...read } = record();
          return {
            ...read,
            status: 200,
            contentType,
            body: ownBytes(body),
            scope: 'PUBLIC',
            maxAgeSeconds: isComplete ? MAX_AGE_SECONDS : 0,
            ...(link === undefined ? {} : { link }),
            ...(reading.recorder.isStoresFault() ? { holdSeconds: HOLD_SECONDS } : {}),
          };
        }),
      );
      return { ...result, key };
    },
  };
};
