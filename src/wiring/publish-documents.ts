import type { ResponseCache } from '../cache/response-cache.ts';
import { createEditions } from '../content/editions.ts';
import { createFeedService, type FeedService } from '../syndication/feeds/feed-service.ts';
import { createKeptDocuments } from '../syndication/kept-documents.ts';
import { createReadings, type ReadingsOptions } from './create-readings.ts';

export interface PublishDocumentsOptions extends ReadingsOptions {
  readonly cache: ResponseCache;
  /** From `keyPartsOf`. */
  readonly keyParts: readonly string[];
}

/** What is read without the graph: feeds, over the same stores, through the same cache. */
export const publishDocuments = ({
  cache,
  keyParts,
  ...options
}: PublishDocumentsOptions): { readonly feeds: FeedService } => {
  const { environment, editions } = options.config;
  const documents = createKeptDocuments({
    cache,
    keyParts,
    timeoutMs: environment.OPERATION_TIMEOUT_MS,
    createReading: createReadings(options),
  });
  return { feeds: createFeedService({ documents, editions: createEditions(editions), hubs: [] }) };
};
