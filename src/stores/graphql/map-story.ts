import type { Instant } from '../../clock.ts';
import type { StoryFields } from '../../config/graphql-mapping.ts';
import {
  ARTICLE_KINDS,
  SOURCE_KINDS,
  SYNDICATION_RIGHTS,
  type Rights,
  type SeoOverrides,
} from '../../content/entities.ts';
import { normalisePath, normaliseSlug } from '../../content/slug.ts';
import type { SourceStory } from '../content-source.ts';
import { GraphqlFailure } from './graphql-failure.ts';
import { mapImages } from './map-image.ts';
import { createRuleReader, listOrNoneAt, type RuleReader } from './read-rule.ts';

const mapRights = (read: RuleReader, fields: StoryFields['rights'] = {}): Rights => ({
  // What they may say of rights and we do not know is no leave.
  syndication: read.word(fields.syndication, SYNDICATION_RIGHTS, { absent: 'FULL', unknown: 'NONE' }),
  holder: read.text(fields.holder),
  usageTerms: read.text(fields.usageTerms),
  embargoedUntil: read.instant(fields.embargoedUntil),
  expiresAt: read.instant(fields.expiresAt),
});

const mapSeo = (at: unknown, read: RuleReader, fields: StoryFields['seo']): SeoOverrides | null =>
  fields === undefined
    ? null
    : {
        title: read.text(fields.title),
        description: read.text(fields.description),
        canonicalUrl: read.text(fields.canonicalUrl),
        image: mapImages(at, fields.image)[0] ?? null,
        noIndex: read.isTrue(fields.noIndex),
      };

const mapSources = (at: unknown, fields: StoryFields['sources']): SourceStory['sources'] =>
  fields === undefined
    ? []
    : listOrNoneAt(at, fields.each).map((one) => {
        const read = createRuleReader(one);
        return {
          name: read.requiredText(fields.name),
          kind: read.word(fields.kind, SOURCE_KINDS, { absent: 'STAFF', unknown: 'STAFF' }),
          url: read.text(fields.url),
        };
      });

const mapCorrections = (at: unknown, fields: StoryFields['corrections']): SourceStory['corrections'] =>
  fields === undefined
    ? []
    : listOrNoneAt(at, fields.each).map((one) => {
        const read = createRuleReader(one);
        return { text: read.requiredText(fields.text), correctedAt: read.requiredInstant(fields.correctedAt) };
      });

/** The id under which a story stands in an answer. */
export const idOfStory = (at: unknown, fields: Pick<StoryFields, 'id'>): string => createRuleReader(at).id(fields.id);

/** When a story was last saved; null: that cannot be read. */
export const saveOfStory = (at: unknown, { modifiedAt }: Pick<StoryFields, 'modifiedAt'>): Instant | null =>
  createRuleReader(at).readableInstant(modifiedAt);

/**
 * A story as `fields` finds it under `at`; null: it is not to be seen.
 *
 * @throws {GraphqlFailure} naming the place of what cannot be what it is mapped to.
 */
export const mapStory = (
  at: unknown,
  fields: StoryFields,
  { withHtml }: { readonly withHtml: boolean },
): SourceStory | null => {
  const read = createRuleReader(at);
  if (fields.published !== undefined && !read.isTrue(fields.published)) return null;
  const sectionPaths = [...new Set(read.texts(fields.sections).map(normalisePath))];
  if (sectionPaths.length === 0) throw new GraphqlFailure('shape', 'a story stands in no section');
  const slugs = (rule: StoryFields['tags']): readonly string[] => [...new Set(read.texts(rule).map(normaliseSlug))];
  return {
    sourceId: read.id(fields.id),
    kind: read.word(fields.kind, ARTICLE_KINDS, { absent: 'NEWS', unknown: 'NEWS' }),
    slug: normaliseSlug(read.requiredText(fields.slug)),
    language: read.text(fields.language),
    kicker: read.text(fields.kicker),
    headline: read.requiredText(fields.headline),
    standfirst: read.text(fields.standfirst),
    byline: read.text(fields.byline),
    publishedAt: read.requiredInstant(fields.publishedAt),
    modifiedAt: read.requiredInstant(fields.modifiedAt),
    sectionPaths,
    authorSlugs: slugs(fields.authors),
    tagSlugs: slugs(fields.tags),
    sources: mapSources(at, fields.sources),
    lead: mapImages(at, fields.lead)[0] ?? null,
    media: mapImages(at, fields.media),
    html: withHtml ? (read.rawText(fields.html) ?? '') : null,
    corrections: mapCorrections(at, fields.corrections),
    rights: mapRights(read, fields.rights),
    breaking: read.isTrue(fields.breaking),
    breakingUntil: read.instant(fields.breakingUntil),
    formerAddresses: read.texts(fields.formerAddresses),
    seo: mapSeo(at, read, fields.seo),
    translationGroup: read.text(fields.translationGroup),
  };
};
