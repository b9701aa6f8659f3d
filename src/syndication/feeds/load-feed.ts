import { encodeCursor, parseCursor, positionOf } from '../../content/cursor.ts';
import type { Article } from '../../content/entities.ts';
import type { ListingQuery, ListingScope, PageRequest } from '../../content/listing.ts';
import { pairBidi } from '../../content/pair-bidi.ts';
import type { Reading } from '../../loaders/reading.ts';
import type { Feed } from './feed.ts';
import { feedUrl, type FeedPage, type FeedRequest } from './feed-request.ts';
import { loadStory } from './load-story.ts';
import { loadSubject } from './load-subject.ts';
import type { Withdrawal } from './load-withdrawals.ts';
import { uriOf } from './story.ts';

/** A page of the graph's own list in the same order: cursors of one are good for the other. */
const pageOf = (query: ListingQuery, { first, after, before }: FeedPage): PageRequest => {
  const cursor = after ?? before;
  return {
    direction: before === undefined ? 'forward' : 'backward',
    limit: first,
    ...(cursor === undefined ? {} : { from: parseCursor({ of: 'articles', query }, cursor) }),
  };
};

export interface FeedTelling {
  readonly hubs: readonly string[];
  readonly loadWithdrawals: (scope: ListingScope) => Promise<readonly Withdrawal[]>;
}

/**
 * What the feed holds at the reading's instant. As many reads as it has kinds of content, however many stories.
 *
 * @param telling WebSub hubs that are named, and what says which stories of a list were taken back.
 * @throws {GatewayError} NOT_FOUND when there is no such list, BAD_USER_INPUT for a cursor of another.
 */
export const loadFeed = async (
  request: FeedRequest,
  { hubs, loadWithdrawals }: FeedTelling,
  reading: Reading,
): Promise<Feed> => {
  const { loaders, recorder, publicUrl, now } = reading;
  const { edition, page } = request;
  recorder.language(edition.language);
  const found = await loadSubject(edition, request.subject, reading);
  const query: ListingQuery = { edition: edition.code, scope: found.scope, filter: {}, order: 'PUBLISHED_DESC' };
  const pageRequest = pageOf(query, page);
  const { articles, read, hasMore, walk } = await loaders.articles.page.load({ ...query, page: pageRequest });
  const [stories, withdrawals] = await Promise.all([
    Promise.all(articles.map((article) => loadStory(article, reading))),
    pageRequest.from === undefined ? loadWithdrawals(found.scope) : [],
  ]);

  const canonical = { ...request, subject: found.subject };
  const urlWith = (cursors: Omit<FeedPage, 'first'>): string =>
    feedUrl(publicUrl, { ...canonical, page: { first: page.first, ...cursors } });
  const cursorOf = (article: Article): string =>
    encodeCursor({ of: 'articles', query }, positionOf(article, query.order, walk));
  const [newest, oldest] = [read[0], read.at(-1)];
  const isForward = pageRequest.direction === 'forward';
  // The end that was not looked at: only that a cursor was given is known, and whoever follows it finds out.
  const hasNewer = isForward ? pageRequest.from !== undefined : hasMore;
  const hasOlder = isForward ? hasMore : true;
  return {
    edition,
    uri: uriOf(found.id),
    title: pairBidi(found.name === null ? edition.name : `${found.name} — ${edition.name}`),
    description: pairBidi(found.description ?? edition.tagline ?? edition.name),
    homeUrl: found.homeUrl,
    selfUrl: feedUrl(publicUrl, canonical),
    firstUrl: urlWith({}),
    previousUrl: hasNewer && newest !== undefined ? urlWith({ before: cursorOf(newest) }) : null,
    nextUrl: hasOlder && oldest !== undefined ? urlWith({ after: cursorOf(oldest) }) : null,
    hubs,
    updatedAt: stories.length === 0 ? now : Math.max(...stories.map(({ article }) => article.updatedAt)),
    stories,
    withdrawals,
  };
};
