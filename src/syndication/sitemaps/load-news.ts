import { positionOf } from '../../content/cursor.ts';
import type { Edition } from '../../content/edition.ts';
import type { Article } from '../../content/entities.ts';
import type { ListingQuery, Position } from '../../content/listing.ts';
import type { Reading } from '../../loaders/reading.ts';
import { isListed } from './load-versions.ts';

/** Google News takes what is no older, and no more than that: its guidelines for news sitemaps. */
export const NEWS_AGE_MS = 2 * 24 * 60 * 60_000;
export const NEWS_LIMIT = 1_000;

const PAGE_LENGTH = 100;

/** The stories of the last two days, newest first, a thousand at most. The answer ends when the oldest is too old. */
export const loadNews = async ({ code }: Edition, reading: Reading): Promise<readonly Article[]> => {
  const { loaders, recorder, now } = reading;
  const query: ListingQuery = {
    edition: code,
    scope: { of: 'edition' },
    filter: { publishedAfter: now - NEWS_AGE_MS + 1 },
    order: 'PUBLISHED_DESC',
  };
  const found: Article[] = [];
  let from: Position | undefined;
  do {
    const page = { direction: 'forward', limit: PAGE_LENGTH, ...(from === undefined ? {} : { from }) } as const;
    // One after the other: where the next begins is known by the last of this.
    // oxlint-disable-next-line no-await-in-loop
    const { articles, read, hasMore, walk } = await loaders.articles.page.load({ ...query, page });
    found.push(...articles.filter((article) => isListed(article, reading)));
    const last = read.at(-1);
    from = hasMore && last !== undefined ? positionOf(last, query.order, walk) : undefined;
  } while (from !== undefined && found.length < NEWS_LIMIT);
  const news = found.slice(0, NEWS_LIMIT);
  const oldest = news.at(-1);
  recorder.boundary(oldest === undefined ? null : oldest.publishedAt + NEWS_AGE_MS);
  return news;
};
