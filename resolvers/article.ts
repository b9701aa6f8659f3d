import { absoluteUrl, urlOf } from '../src/content/addresses.ts';
import { editionOf } from '../src/content/editions.ts';
import type { Article as ArticleEntity } from '../src/content/entities.ts';
import { EXCERPT_LETTERS, excerptOf, textOf } from '../src/content/excerpt.ts';
import { directionOf } from '../src/content/language.ts';
import { pictureOf } from '../src/content/media.ts';
import { relatedTo } from '../src/content/weigh-related.ts';
import { wordingOf } from '../src/content/wording/wording.ts';
import { mayReadBody, readBlocks } from '../src/loaders/read-blocks.ts';
import { checkSize } from './arguments.ts';
import type { Context } from './context.ts';
import { languageOf, spokenTo, writeInstant, writeOptionalInstant } from './edition-of.ts';
import { loadTranslations } from './translations.ts';
import type {
  ArticleResolvers,
  CorrectionResolvers,
  RightsResolvers,
  SeoResolvers,
  SourceResolvers,
} from './types.generated.ts';
import { whenThere } from './when-there.ts';

/** Silent reading of news, in words a minute, as the schema says. */
const WORDS_PER_MINUTE = 200;

const readingMinutesOf = ({ wordCount }: ArticleEntity): number => Math.max(1, Math.ceil(wordCount / WORDS_PER_MINUTE));

const loadAuthors = ({ authorIds }: ArticleEntity, { loaders }: Context) => loaders.authors.present(authorIds);

const treeOf = (article: ArticleEntity, { loaders }: Context) => loaders.treeOf(article.edition);

export const Article: ArticleResolvers = {
  edition: (article, _args, context) => editionOf(article, context),
  url: (article, _args, context) => urlOf.article(editionOf(article, context), article),
  language: (article, _args, context) => languageOf(article, context),
  direction: (article, _args, context) =>
    article.language === null ? editionOf(article, context).direction : directionOf(article.language),
  authors: (article, _args, context) => loadAuthors(article, context),
  bylineText: async (article, _args, context) => {
    if (article.byline !== null) return article.byline;
    const authors = await loadAuthors(article, context);
    return wordingOf(editionOf(article, context)).names(authors.map(({ name }) => name));
  },
  publishedAt: (article, _args, context) => writeInstant(article.publishedAt, article, context),
  publishedText: (article, _args, context) => wordingOf(editionOf(article, context)).instant(article.publishedAt),
  updatedAt: (article, _args, context) => writeInstant(article.updatedAt, article, context),
  breaking: ({ breaking, breakingUntil }, _args, { now }) =>
    breaking && (breakingUntil === null || breakingUntil > now),
  section: (article, _args, context) => {
    const [primary] = article.sectionIds;
    return primary === undefined ? null : whenThere(treeOf(article, context), (tree) => tree.byId(primary));
  },
  sections: (article, _args, context) =>
    whenThere(treeOf(article, context), (tree) =>
      article.sectionIds.map((id) => tree.byId(id)).filter((section) => section !== null),
    ),
  breadcrumbs: async (article, _args, context) => {
    const edition = editionOf(article, context);
    const tree = await treeOf(article, context);
    const [primaryId] = article.sectionIds;
    const primary = primaryId === undefined ? null : tree.byId(primaryId);
    const sections = primary === null ? [] : [...tree.ancestorsOf(primary), primary];
    return [
      { label: edition.homeLabel, url: edition.url, section: null },
      ...sections.map((section) => ({ label: section.name, url: urlOf.section(edition, section), section })),
      { label: article.headline, url: urlOf.article(edition, article), section: null },
    ];
  },
  tags: (article, _args, { loaders }) => loaders.tags.present(article.tagIds),
  body: (article, _args, context) => (mayReadBody(article) ? readBlocks(article, context) : null),
  bodyHtml: async (article, _args, context) =>
    mayReadBody(article) ? (await readBlocks(article, context)).map(({ html }) => html).join('\n') : null,
  bodyText: async (article, _args, context) =>
    mayReadBody(article)
      ? (await readBlocks(article, context))
          .map(textOf)
          .filter((text) => text !== '')
          .join('\n\n')
      : null,
  excerpt: async (article, { maxLength }, context) => {
    const limit = checkSize('maxLength', maxLength, 200, EXCERPT_LETTERS);
    return excerptOf(await readBlocks(article, context), limit);
  },
  wordCount: (article) => (mayReadBody(article) ? article.wordCount : null),
  readingMinutes: (article) => (mayReadBody(article) ? readingMinutesOf(article) : null),
  readingText: (article, _args, context) =>
    mayReadBody(article) ? wordingOf(editionOf(article, context)).count('minutes', readingMinutesOf(article)) : null,
  corrections: ({ corrections, edition }) =>
    corrections.toSorted((a, b) => b.correctedAt - a.correctedAt).map((correction) => ({ ...correction, edition })),
  rights: ({ rights, edition }) => ({ ...rights, edition }),
  aliases: (article, _args, context) =>
    article.formerPaths.map((path) => urlOf.path(editionOf(article, context), path)),
  seo: (article) => ({ article }),
  engagement: ({ id, edition }) => ({ articleId: id, edition }),
  related: (article, { first }, { loaders }) =>
    loaders.articles.related.load(relatedTo(article, checkSize('first', first, 4))),
  translations: (article, _args, context) =>
    loadTranslations(article, context, (key) => context.loaders.articles.byGroup.load(key)),
  translation: async (article, { edition, fallback }, context) => {
    for (const code of [edition, ...(fallback ?? [])]) {
      if (code === article.edition) return spokenTo(article, context);
      if (context.editions.get(code) === undefined || article.translationGroup === null) continue;
      // One after the other: the first that is visible is the answer, and the next is only asked when it is not.
      const version = await context.loaders.articles.byGroup.load({ edition: code, group: article.translationGroup });
      // Unlike `translations`, one version that was chosen: for its readers.
      if (version !== null) return spokenTo(version, context);
    }
    return null;
  },
};

export const Source: SourceResolvers = {
  url: ({ url }, _args, { publicUrl }) => (url === null ? null : absoluteUrl(url, publicUrl)),
};

export const Correction: CorrectionResolvers = {
  correctedAt: (correction, _args, context) => writeInstant(correction.correctedAt, correction, context),
};

export const Rights: RightsResolvers = {
  embargoedUntil: (rights, _args, context) => writeOptionalInstant(rights.embargoedUntil, rights, context),
  expiresAt: (rights, _args, context) => writeOptionalInstant(rights.expiresAt, rights, context),
};

export const Seo: SeoResolvers = {
  title: ({ article }) => article.seo?.title ?? article.headline,
  description: ({ article }) => article.seo?.description ?? article.standfirst,
  canonicalUrl: ({ article }, _args, context) => {
    const edition = editionOf(article, context);
    const canonical = article.seo?.canonicalUrl ?? null;
    return canonical === null ? urlOf.article(edition, article) : absoluteUrl(canonical, edition.url);
  },
  image: ({ article }) => article.seo?.image ?? pictureOf(article.lead),
  noIndex: ({ article }) => article.seo?.noIndex ?? false,
};
