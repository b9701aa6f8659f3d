import { urlOf } from '../../content/addresses.ts';
import { editionOf } from '../../content/editions.ts';
import type { Article } from '../../content/entities.ts';
import { formatInZone } from '../../content/instant.ts';
import type { Reading } from '../../loaders/reading.ts';
import { element, XML_DECLARATION } from '../xml/write-xml.ts';

const START =
  `${XML_DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"` +
  ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n';

/** As Google News knows it: two letters, or three where a language has no two. */
const newsLanguageOf = (language: string): string => new Intl.Locale(language).language;

const writeNewsUrl = (article: Article, reading: Reading): string => {
  const edition = editionOf(article, reading);
  const { markup } = element(
    'url',
    {},
    element('loc', {}, urlOf.article(edition, article)),
    element(
      'news:news',
      {},
      element(
        'news:publication',
        {},
        element('news:name', {}, edition.name),
        element('news:language', {}, newsLanguageOf(edition.language)),
      ),
      element('news:publication_date', {}, formatInZone(article.publishedAt, edition.timeZone)),
      element('news:title', {}, article.headline),
    ),
  );
  return `${markup}\n`;
};

/** A Google News sitemap of `articles`. */
export const writeNews = (articles: readonly Article[], reading: Reading): string =>
  `${START}${articles.map((article) => writeNewsUrl(article, reading)).join('')}</urlset>\n`;
