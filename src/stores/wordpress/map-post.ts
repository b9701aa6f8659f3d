import { ARTICLE_KINDS, type ArticleKind, type SeoOverrides } from '../../content/entities.ts';
import { LEADING_BY } from '../../content/leading-by.ts';
import type { Media } from '../../content/media.ts';
import { normaliseSlug } from '../../content/slug.ts';
import type { SourceStory } from '../content-source.ts';
import { mapMedium } from './map-medium.ts';
import type { WordPressMedium } from './media-shape.ts';
import type { PostMeta } from './post-meta.ts';
import type { WordPressPost } from './post-shape.ts';
import { storySections } from './section-paths.ts';
import type { WordPressTag, WordPressUser } from './term-shapes.ts';
import { textOfHtml, wordsOfHtml, writtenExcerpt } from './text-of-html.ts';

/** What the numbers in posts stand for. */
export interface PostContext {
  /** Paths by the numbers of categories. */
  readonly paths: ReadonlyMap<number, string>;
  /** Where a story stands that is in no category that is known. */
  readonly fallbackPath: string;
  readonly tags: ReadonlyMap<number, WordPressTag>;
  readonly users: ReadonlyMap<number, WordPressUser>;
  readonly media: ReadonlyMap<number, WordPressMedium>;
  readonly withHtml: boolean;
}

/** Kinds that core knows by the format of a post; everything else is news until the desk says otherwise. */
const FORMAT_KINDS: Readonly<Record<string, ArticleKind>> = { video: 'VIDEO', gallery: 'GALLERY' };

const kindOf = ({ format, meta }: WordPressPost): ArticleKind =>
  ARTICLE_KINDS.find((kind) => kind === meta.masthead_kind) ??
  (Object.hasOwn(FORMAT_KINDS, format) ? FORMAT_KINDS[format] : undefined) ??
  'NEWS';

const standfirstOf = ({ excerpt, content }: WordPressPost): string | null =>
  excerpt.raw === undefined ? writtenExcerpt(excerpt.rendered, content.rendered ?? '') : wordsOfHtml(excerpt.raw);

const languageOf = ({ masthead_language: language }: PostMeta): string | null => {
  try {
    return language === null ? null : new Intl.Locale(language).toString();
  } catch {
    return null;
  }
};

const seoOf = (meta: PostMeta): SeoOverrides | null => {
  const title = meta.masthead_seo_title;
  const description = meta.masthead_seo_description;
  const canonicalUrl = meta.masthead_seo_canonical_url;
  const noIndex = meta.masthead_seo_noindex;
  if (title === null && description === null && canonicalUrl === null && !noIndex) return null;
  return { title, description, canonicalUrl, image: null, noIndex };
};

/** The order somebody chose first, the rest as it came. */
const inOrder = (numbers: readonly number[], chosen: readonly number[]): readonly number[] => [
  ...new Set([...chosen.filter((number) => numbers.includes(number)), ...numbers]),
];

const slugsOf = (numbers: readonly number[], rows: ReadonlyMap<number, { readonly slug: string }>): readonly string[] =>
  [...new Set(numbers)].map((number) => rows.get(number)?.slug).filter((slug) => slug !== undefined);

/** A story whose kind is an infographic leads with one. */
const leadOf = (medium: WordPressMedium | undefined, kind: ArticleKind): Media | null => {
  const lead = medium === undefined ? null : mapMedium(medium);
  if (lead?.type !== 'Image' || kind !== 'INFOGRAPHIC') return lead;
  const { caption, credit, ...image } = lead;
  return { type: 'Infographic', image: { ...image, caption: null, credit: null }, caption, credit };
};

/** A post in the gateway's words. */
export const mapPost = (post: WordPressPost, context: PostContext): SourceStory => {
  const { meta } = post;
  const kind = kindOf(post);
  const sections = storySections(post.categories, meta.masthead_primary_section, context.paths);
  const authors = meta.masthead_authors.length > 0 ? meta.masthead_authors : [post.author];
  return {
    sourceId: String(post.id),
    kind,
    // A title without a letter leaves a post without a slug.
    slug: normaliseSlug(post.slug) || String(post.id),
    language: languageOf(meta),
    kicker: meta.masthead_kicker,
    headline: textOfHtml(post.title.rendered),
    standfirst: standfirstOf(post),
    byline: meta.masthead_byline?.replace(LEADING_BY, '') ?? null,
    publishedAt: post.publishedAt,
    modifiedAt: post.modifiedAt,
    sectionPaths: sections.length > 0 ? sections : [context.fallbackPath],
    authorSlugs: slugsOf(authors, context.users),
    tagSlugs: slugsOf(inOrder(post.tags, meta.masthead_tag_order), context.tags),
    sources: meta.masthead_sources,
    lead: leadOf(context.media.get(post.featured_media), kind),
    media: [],
    html: context.withHtml ? (post.content.rendered ?? '') : null,
    corrections: meta.masthead_corrections,
    rights: {
      syndication: meta.masthead_syndication,
      holder: meta.masthead_rights_holder,
      usageTerms: meta.masthead_usage_terms,
      embargoedUntil: meta.masthead_embargoed_until,
      expiresAt: meta.masthead_expires_at,
    },
    breaking: meta.masthead_breaking,
    breakingUntil: meta.masthead_breaking_until,
    formerAddresses: meta.masthead_former_addresses,
    seo: seoOf(meta),
    translationGroup: meta.masthead_translation_group,
  };
};
