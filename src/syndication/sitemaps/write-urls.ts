import { urlOf } from '../../content/addresses.ts';
import { editionOf } from '../../content/editions.ts';
import type { Article } from '../../content/entities.ts';
import { formatInZone } from '../../content/instant.ts';
import type { Reading } from '../../loaders/reading.ts';
import { element, XML_DECLARATION, type Xml } from '../xml/write-xml.ts';
import type { Version } from './load-versions.ts';

const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const XHTML = 'http://www.w3.org/1999/xhtml';

/** What stands around the addresses of a sitemap, which are written a page at a time. */
export const URLSET = {
  start: `${XML_DECLARATION}<urlset xmlns="${SITEMAP}" xmlns:xhtml="${XHTML}">\n`,
  end: '</urlset>\n',
} as const;

const alternate = (hreflang: string, href: string): Xml => element('xhtml:link', { rel: 'alternate', hreflang, href });

/** An article of a sitemap: every version lists itself, all others, and the first one for readers of any other language. */
export const writeUrl = (article: Article, versions: readonly Version[], reading: Reading): string => {
  const edition = editionOf(article, reading);
  const [fallback] = versions;
  const { markup } = element(
    'url',
    {},
    element('loc', {}, urlOf.article(edition, article)),
    element('lastmod', {}, formatInZone(article.updatedAt, edition.timeZone)),
    ...versions.map(({ hreflang, url }) => alternate(hreflang, url)),
    fallback === undefined ? null : alternate('x-default', fallback.url),
  );
  return `${markup}\n`;
};

/** A sitemap of the sitemaps at `urls`. */
export const writeIndex = (urls: readonly string[]): string => {
  const parts = urls.map((url) => `${element('sitemap', {}, element('loc', {}, url)).markup}\n`).join('');
  return `${XML_DECLARATION}<sitemapindex xmlns="${SITEMAP}">\n${parts}</sitemapindex>\n`;
};
