import { encodeCursor, parseCursor, positionOf } from '../../content/cursor.ts';
import type { Edition } from '../../content/edition.ts';
import type { Reading } from '../../loaders/reading.ts';
import { isListed, loadVersions } from './load-versions.ts';
import { queryOf } from './load-windows.ts';
import type { Window } from './window.ts';
import { writeUrl } from './write-urls.ts';

/** Some addresses of a sitemap, written, and where it goes on. */
export interface UrlPage {
  readonly urls: string;
  /** How many stories were read for it. */
  readonly count: number;
  /** Null: it ends here. */
  readonly next: string | null;
}

/** As many as one read of a list gives. */
const PAGE_LENGTH = 100;

/** The addresses of stories published in `window`, newest first, behind the cursor `after`; two reads, however many. */
export const loadUrls = async (
  { edition, window, after }: { readonly edition: Edition; readonly window: Window; readonly after: string | null },
  reading: Reading,
): Promise<UrlPage> => {
  const query = queryOf(edition, window);
  const list = { of: 'articles', query } as const;
  const from = after === null ? {} : { from: parseCursor(list, after) };
  const page = { direction: 'forward', limit: PAGE_LENGTH, ...from } as const;
  const { articles, read, hasMore, walk } = await reading.loaders.articles.page.load({ ...query, page });
  const listed = articles.filter((article) => isListed(article, reading));
  const written = await Promise.all(
    listed.map(async (article) => writeUrl(article, await loadVersions(article, reading), reading)),
  );
  const last = read.at(-1);
  const next = hasMore && last !== undefined ? encodeCursor(list, positionOf(last, query.order, walk)) : null;
  return { urls: written.join(''), count: read.length, next };
};
