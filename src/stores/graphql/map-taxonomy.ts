import type { TaxonomyFields } from '../../config/graphql-mapping.ts';
import { AUTHOR_KINDS, SECTION_KINDS } from '../../content/entities.ts';
import { normalisePath, normaliseSlug } from '../../content/slug.ts';
import type { SourceAuthor, SourceSection, SourceTag, SourceTaxonomy } from '../content-source.ts';
import { parentsFirst } from '../parents-first.ts';
import { mapImages } from './map-image.ts';
import { createRuleReader, listAt, valueAt } from './read-rule.ts';

const mapSections = (data: unknown, fields: TaxonomyFields['sections']): readonly SourceSection[] =>
  parentsFirst(
    listAt(data, fields.each).map((at, index): SourceSection => {
      const read = createRuleReader(at);
      return {
        kind: read.word(fields.kind, SECTION_KINDS, { absent: 'TOPIC', unknown: 'TOPIC' }),
        path: normalisePath(read.requiredText(fields.path)),
        name: read.requiredText(fields.name),
        description: read.text(fields.description),
        position: read.whole(fields.position) ?? index,
        translationGroup: read.text(fields.translationGroup),
      };
    }),
  );

const mapTags = (data: unknown, fields: TaxonomyFields['tags']): readonly SourceTag[] =>
  fields === undefined
    ? []
    : listAt(data, fields.each).map((at) => {
        const read = createRuleReader(at);
        return {
          slug: normaliseSlug(read.requiredText(fields.slug)),
          name: read.requiredText(fields.name),
          translationGroup: read.text(fields.translationGroup),
        };
      });

const mapAuthors = (data: unknown, fields: TaxonomyFields['authors']): readonly SourceAuthor[] =>
  fields === undefined
    ? []
    : listAt(data, fields.each).map((at) => {
        const read = createRuleReader(at);
        return {
          kind: read.word(fields.kind, AUTHOR_KINDS, { absent: 'PERSON', unknown: 'PERSON' }),
          slug: normaliseSlug(read.requiredText(fields.slug)),
          name: read.requiredText(fields.name),
          role: read.text(fields.role),
          bio: read.text(fields.bio),
          avatar: mapImages(at, fields.avatar)[0] ?? null,
          translationGroup: read.text(fields.translationGroup),
        };
      });

const mapLive = (data: unknown, fields: TaxonomyFields['live']): SourceTaxonomy['live'] => {
  const at = fields === undefined ? null : valueAt(data, fields.path);
  if (fields === undefined || at === null) return null;
  const read = createRuleReader(at);
  return {
    title: read.requiredText(fields.title),
    url: read.requiredText(fields.url),
    startedAt: read.instant(fields.startedAt),
    endedAt: read.instant(fields.endedAt),
  };
};

/** What stories are filed under, as `fields` finds it in an answer. @throws {GraphqlFailure} as `mapStory`. */
export const mapTaxonomy = (data: unknown, fields: TaxonomyFields): SourceTaxonomy => ({
  sections: mapSections(data, fields.sections),
  tags: mapTags(data, fields.tags),
  authors: mapAuthors(data, fields.authors),
  live: mapLive(data, fields.live),
});
