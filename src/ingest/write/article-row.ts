import type { Instant } from '../../clock.ts';
import type { SeoOverrides } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import { mapImage, mapMedia } from '../map-media.ts';
import type { PreparedArticle } from '../prepare-document.ts';
import type { References } from './resolve-references.ts';

const timestamp = (instant: Instant | null | undefined): string | null =>
  instant === null || instant === undefined ? null : new Date(instant).toISOString();

/** An article as its columns hold it, but for version, `updated_at` and digest, which depend on what stood before. */
export interface ArticleColumns extends Readonly<Record<string, unknown>> {
  readonly id: ArticleId;
}

/** The columns of `article`, which stands at `path`, as JSON writes them. */
export const articleColumns = (
  { id, source, document, blocks, bodyText, wordCount }: PreparedArticle,
  path: string,
  { sections, authors, tags }: References,
): ArticleColumns => ({
  id,
  edition: document.edition,
  kind: document.kind,
  source,
  source_id: document.sourceId,
  slug: document.slug,
  path,
  language: document.language ?? null,
  kicker: document.kicker ?? null,
  headline: document.headline,
  standfirst: document.standfirst ?? null,
  byline: document.byline ?? null,
  author_ids: authors.map((author) => author.id),
  section_ids: sections.map((section) => section.id),
  tag_ids: tags.map((tag) => tag.id),
  sources: document.sources.map(({ name, kind, url = null }) => ({ name, kind, url })),
  published_at: timestamp(document.publishedAt),
  breaking: document.breaking,
  breaking_until: timestamp(document.breakingUntil),
  lead: document.lead === undefined ? null : mapMedia(document.lead),
  media: document.media.map(mapMedia),
  body: blocks,
  body_text: bodyText,
  word_count: wordCount,
  corrections: document.corrections,
  syndication: document.rights.syndication,
  rights_holder: document.rights.holder ?? null,
  usage_terms: document.rights.usageTerms ?? null,
  embargoed_until: timestamp(document.rights.embargoedUntil),
  expires_at: timestamp(document.rights.expiresAt),
  seo: mapSeo(document.seo),
  translation_group: document.translationGroup ?? null,
  withdrawn_at: timestamp(document.withdrawnAt),
});

/** What search engines are told otherwise, as the gateway holds it. */
export const mapSeo = (seo: PreparedArticle['document']['seo']): SeoOverrides | null =>
  seo === undefined
    ? null
    : {
        title: seo.title ?? null,
        description: seo.description ?? null,
        canonicalUrl: seo.canonicalUrl ?? null,
        image: seo.image === undefined ? null : mapImage(seo.image),
        noIndex: seo.noIndex,
      };
