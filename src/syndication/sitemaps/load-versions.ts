import { absoluteUrl, urlOf } from '../../content/addresses.ts';
import { editionOf } from '../../content/editions.ts';
import type { Article } from '../../content/entities.ts';
import type { Reading } from '../../loaders/reading.ts';

/** A version of a story, for search engines. */
export interface Version {
  /** As search engines know it: a language, with a script or a country at most. */
  readonly hreflang: string;
  readonly url: string;
}

/** `language` without what search engines do not know, such as the region of `es-419`. */
export const hreflangOf = (language: string): string => {
  const { language: base, script, region } = new Intl.Locale(language);
  return [base, script, region !== undefined && /^[A-Z]{2}$/.test(region) ? region : undefined]
    .filter((part) => part !== undefined)
    .join('-');
};

const urlFor = (article: Article, reading: Reading): string => urlOf.article(editionOf(article, reading), article);

/** Whether a search engine is to know it: not where its desk says otherwise, or that the story stands elsewhere. */
export const isListed = (article: Article, reading: Reading): boolean => {
  if (article.seo === null) return true;
  const { noIndex, canonicalUrl } = article.seo;
  const edition = editionOf(article, reading);
  return !noIndex && (canonicalUrl === null || absoluteUrl(canonicalUrl, edition.url) === urlFor(article, reading));
};

const versionOf = (article: Article, reading: Reading): Version => ({
  hreflang: hreflangOf(article.language ?? editionOf(article, reading).language),
  url: urlFor(article, reading),
});

/**
 * Every version of the story of `article`, itself among them, in the editions' display order; the same list for each of
 * them, for search engines believe only what both sides say. One that is not the version of its edition, or whose
 * language another has before it, stands alone.
 */
export const loadVersions = async (article: Article, reading: Reading): Promise<readonly Version[]> => {
  const { translationGroup: group } = article;
  const own = versionOf(article, reading);
  if (group === null) return [own];
  const loaded = await Promise.all(
    reading.editions.all.map(({ code }) => reading.loaders.articles.byGroup.load({ edition: code, group })),
  );
  const versions = new Map<string, Version>();
  for (const found of loaded) {
    if (found === null || !isListed(found, reading)) continue;
    const version = versionOf(found, reading);
    if (!versions.has(version.hreflang)) versions.set(version.hreflang, version);
  }
  const all = [...versions.values()];
  return all.some(({ url }) => url === own.url) ? all : [own];
};
