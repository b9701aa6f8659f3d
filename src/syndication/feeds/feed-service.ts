import type { Caller } from '../../content/caller.ts';
import type { Editions } from '../../content/editions.ts';
import type { KeptDocument, KeptDocuments } from '../kept-documents.ts';
import { linkOf, type Feed } from './feed.ts';
import { feedUrl, type FeedFormat, type FeedRequest } from './feed-request.ts';
import { loadFeed } from './load-feed.ts';
import type { LoadWithdrawals } from './load-withdrawals.ts';
import { parseFeedRequest, type FeedQuery } from './parse-feed-request.ts';
import { writeAtom } from './write-atom.ts';
import { writeJsonFeed } from './write-json-feed.ts';
import { writeNinjs } from './write-ninjs.ts';
import { writeRss } from './write-rss.ts';

export interface FeedService {
  /** @throws {GatewayError} when the address names no feed. */
  parse(path: string, query: FeedQuery): FeedRequest;
  /** Whether it is about to be answered out of memory. */
  isKept(request: FeedRequest, caller: Caller): boolean;
  /** @throws {GatewayError} NOT_FOUND, BAD_USER_INPUT for a cursor of another list, or as the stores fail. */
  answer(request: FeedRequest, caller: Caller): Promise<KeptDocument>;
}

export interface FeedServiceOptions {
  readonly documents: KeptDocuments;
  readonly editions: Editions;
  /** WebSub hubs that feeds name. */
  readonly hubs: readonly string[];
  readonly loadWithdrawals: LoadWithdrawals;
}

interface Format {
  /** Whether a format has a word for a story that was taken back; default: not. */
  readonly areWithdrawalsTold?: boolean;
  /** Whether a story can say that it must not be shown yet; default: not. */
  readonly areEmbargoesTold?: boolean;
  readonly contentType: string;
  readonly write: (feed: Feed) => string;
}

const FORMATS: Readonly<Record<FeedFormat, Format>> = {
  rss: { contentType: 'application/rss+xml; charset=utf-8', write: writeRss },
  atom: { contentType: 'application/atom+xml; charset=utf-8', write: writeAtom, areWithdrawalsTold: true },
  json: { contentType: 'application/feed+json; charset=utf-8', write: writeJsonFeed, areWithdrawalsTold: true },
  // An array of items: ninjs has no type of its own, and no word for a list.
  ninjs: {
    contentType: 'application/json; charset=utf-8',
    write: writeNinjs,
    areEmbargoesTold: true,
    areWithdrawalsTold: true,
  },
};

/** An address says all of it; under what it begins with is in every key. */
const partsOf = (request: FeedRequest, hubs: readonly string[]): readonly string[] => [
  'feed',
  feedUrl('', request),
  ...hubs,
];

/** Feeds of an edition, a section, a tag or an author, in every format. */
export const createFeedService = ({ documents, editions, hubs, loadWithdrawals }: FeedServiceOptions): FeedService => ({
  parse: (path, query) => parseFeedRequest(path, query, editions),
  isKept: (request, caller) => documents.isKept({ parts: partsOf(request, hubs), caller }),
  answer: (request, caller) => {
    const { contentType, write, areEmbargoesTold = false, areWithdrawalsTold = false } = FORMATS[request.format];
    const { edition } = request;
    return documents.through({
      parts: partsOf(request, hubs),
      caller,
      edition: edition.code,
      make: async (reading) => {
        const feed = await loadFeed(
          request,
          {
            hubs,
            loadWithdrawals: async (scope) =>
              areWithdrawalsTold ? loadWithdrawals({ caller, edition, scope }, reading) : [],
          },
          reading,
        );
        // Where nothing says that a story waits, it is not there yet, whoever asks: a reader would show it.
        const stories = areEmbargoesTold ? feed.stories : feed.stories.filter((story) => story.embargoedUntil === null);
        return { contentType, body: write({ ...feed, stories }), link: linkOf(feed) };
      },
    });
  },
});
