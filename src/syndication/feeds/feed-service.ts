import type { Caller } from '../../content/caller.ts';
import type { Editions } from '../../content/editions.ts';
import type { KeptDocument, KeptDocuments } from '../kept-documents.ts';
import { linkOf, type Feed } from './feed.ts';
import { feedUrl, type FeedFormat, type FeedRequest } from './feed-request.ts';
import { loadFeed } from './load-feed.ts';
import { parseFeedRequest, type FeedQuery } from './parse-feed-request.ts';
import { writeRss } from './write-rss.ts';

export interface FeedService {
  /** @throws {GatewayError} when the address names no feed. */
  parse(path: string, query: FeedQuery): FeedRequest;
  /** @throws {GatewayError} NOT_FOUND, BAD_USER_INPUT for a cursor of another list, or as the stores fail. */
  answer(request: FeedRequest, caller: Caller): Promise<KeptDocument>;
}

export interface FeedServiceOptions {
  readonly documents: KeptDocuments;
  readonly editions: Editions;
  /** WebSub hubs that feeds name. */
  readonly hubs: readonly string[];
}

interface Format {
  readonly contentType: string;
  readonly write: (feed: Feed) => string;
}

const FORMATS: Readonly<Record<FeedFormat, Format>> = {
  rss: { contentType: 'application/rss+xml; charset=utf-8', write: writeRss },
};

/** Feeds of an edition, a section, a tag or an author, in every format. */
export const createFeedService = ({ documents, editions, hubs }: FeedServiceOptions): FeedService => ({
  parse: (path, query) => parseFeedRequest(path, query, editions),
  answer: (request, caller) => {
    const { contentType, write } = FORMATS[request.format];
    return documents.through({
      // An address says all of it; under what it begins with is in every key.
      parts: ['feed', feedUrl('', request), ...hubs],
      caller,
      make: async (reading) => {
        const feed = await loadFeed(request, hubs, reading);
        return { contentType, body: write(feed), link: linkOf(feed) };
      },
    });
  },
});
