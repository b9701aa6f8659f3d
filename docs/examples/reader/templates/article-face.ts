import type { ArticlePageFragment } from '../operations.generated.ts';
import type { PageFace, Site } from './site.ts';

const newsArticle = ({ addresses, edition }: Site, article: ArticlePageFragment): object => ({
  '@context': 'https://schema.org',
  '@type': article.kind === 'OPINION' ? 'OpinionNewsArticle' : 'NewsArticle',
  headline: article.headline,
  ...(article.standfirst === null ? {} : { description: article.standfirst }),
  ...(article.seo?.image ? { image: [addresses.publicOf(article.seo.image.url)] } : {}),
  datePublished: article.publishedAt,
  dateModified: article.updatedAt,
  inLanguage: article.language,
  mainEntityOfPage: addresses.publicOf(article.seo?.canonicalUrl ?? article.url),
  ...(article.section ? { articleSection: article.section.name } : {}),
  keywords: (article.tags ?? []).map(({ name }) => name),
  ...(article.wordCount === null ? {} : { wordCount: article.wordCount }),
  author: (article.authors ?? []).map(({ kind, name, url }) => ({
    '@type': kind === 'ORGANIZATION' ? 'NewsMediaOrganization' : 'Person',
    name,
    url: addresses.publicOf(url),
  })),
  publisher: { '@type': 'NewsMediaOrganization', name: edition.name, url: addresses.publicOf(edition.url) },
});

const breadcrumbList = ({ addresses }: Site, { breadcrumbs }: ArticlePageFragment): object => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: (breadcrumbs ?? []).map(({ label, url }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: label,
    item: addresses.publicOf(url),
  })),
});

/** What an article's page says of itself: the desk's own words for search engines and cards where there are any. */
export const articleFace = (site: Site, article: ArticlePageFragment): PageFace => ({
  title: article.seo?.title ?? article.headline,
  description: article.seo?.description ?? article.standfirst,
  canonicalUrl: site.addresses.publicOf(article.seo?.canonicalUrl ?? article.url),
  isUnlisted: article.seo?.noIndex ?? false,
  type: 'article',
  image: article.seo?.image ?? null,
  counterparts: article.translations,
  sectionPath: article.section?.path ?? null,
  structuredData: [newsArticle(site, article), breadcrumbList(site, article)],
});
