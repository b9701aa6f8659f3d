import type { Edition } from '../../content/edition.ts';
import type { ListingQuery } from '../../content/listing.ts';
import type { Reading } from '../../loaders/reading.ts';
import { splitWindow, type Window } from './window.ts';

/** The list of an edition's stories that were published in `window`, newest first. */
export const queryOf = ({ code }: Pick<Edition, 'code'>, { name, from, to }: Window): ListingQuery => ({
  edition: code,
  scope: { of: 'edition' },
  filter: name === '' ? {} : { publishedAfter: from, publishedBefore: to },
  order: 'PUBLISHED_DESC',
});

/** All there is of an edition: from its oldest story to now; null: it has none. */
const loadWhole = async (edition: Edition, { loaders, now }: Reading): Promise<Window | null> => {
  const query: ListingQuery = { edition: edition.code, scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_ASC' };
  const { articles } = await loaders.articles.page.load({ ...query, page: { direction: 'forward', limit: 1 } });
  const [oldest] = articles;
  return oldest === undefined ? null : { name: '', from: oldest.publishedAt, to: now + 1 };
};

interface Counted {
  readonly window: Window;
  /** Null: more than is counted. */
  readonly total: number | null;
}

/** How many stories stand in each: one read for all of them. */
const countAll = (edition: Edition, windows: readonly Window[], { loaders }: Reading): Promise<readonly Counted[]> =>
  Promise.all(
    windows.map(async (window) => ({
      window,
      total: (await loaders.articles.count.load(queryOf(edition, window))).total,
    })),
  );

/** How many stories an edition has; null above what is counted. */
export const loadTotal = async ({ code }: Edition, { loaders }: Reading): Promise<number | null> => {
  const query: ListingQuery = { edition: code, scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_DESC' };
  return (await loaders.articles.count.load(query)).total;
};

/**
 * The windows that hold an edition's stories, newest first: finer where there are many, so that all but a minute's hold no
 * more than are counted. As many reads as there are steps from a year to a minute, at most.
 */
export const loadWindows = async (edition: Edition, reading: Reading): Promise<readonly Window[]> => {
  const whole = await loadWhole(edition, reading);
  const found: Window[] = [];
  let many = whole === null ? [] : splitWindow(whole);
  while (many.length > 0) {
    // oxlint-disable-next-line no-await-in-loop -- what is split is known by what was counted
    const counted = await countAll(edition, many, reading);
    const finer = counted.map(({ window, total }) => ({
      window,
      total,
      parts: total === null ? splitWindow(window) : [],
    }));
    found.push(...finer.filter(({ total, parts }) => total !== 0 && parts.length === 0).map(({ window }) => window));
    many = finer.flatMap(({ parts }) => parts);
  }
  return found.toSorted((a, b) => b.from - a.from);
};
