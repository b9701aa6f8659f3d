import { z } from 'zod';
import type { Instant } from '../clock.ts';
import type { EditionCode } from '../content/edition.ts';
import { ARTICLE_KINDS, AUTHOR_KINDS, SECTION_KINDS, SOURCE_KINDS, SYNDICATION_RIGHTS } from '../content/entities.ts';
import {
  address,
  byline,
  edition,
  image,
  instant,
  language,
  media,
  path,
  slug,
  text,
  translationGroup,
} from './document-fields.ts';

const sectionLine = z
  .strictObject({
    type: z.literal('section'),
    edition,
    path: path.describe('its parent is the path without the last step and must come first'),
    name: text(200),
    kind: z.enum(SECTION_KINDS).default('TOPIC'),
    description: text(2000).optional(),
    position: z.int().min(-2_147_483_648).max(2_147_483_647).default(0).describe('display order, ascending'),
    translationGroup: translationGroup.optional(),
  })
  .describe('A place in the edition’s tree of sections');

const tagLine = z
  .strictObject({
    type: z.literal('tag'),
    edition,
    slug,
    name: text(200),
    translationGroup: translationGroup.optional(),
  })
  .describe('A tag');

const authorLine = z
  .strictObject({
    type: z.literal('author'),
    edition,
    slug,
    name: text(200),
    kind: z.enum(AUTHOR_KINDS).default('PERSON'),
    role: text(200).optional(),
    bio: text(5000).optional(),
    avatar: image.optional(),
    translationGroup: translationGroup.optional(),
  })
  .describe('Who writes: a person or an organisation');

const liveLine = z
  .strictObject({
    type: z.literal('live'),
    edition,
    title: text(300),
    url: address,
    startedAt: instant.optional(),
    endedAt: instant.optional(),
  })
  .describe('The edition’s live stream; one per edition');

const named = z.union([slug, z.strictObject({ slug, name: text(200) })]);

const articleLine = z
  .strictObject({
    type: z.literal('article').default('article'),
    source: text(100).optional().describe('the publishing system; default: --source'),
    sourceId: text(300).describe('its own id for the story; importing it again updates the article'),
    edition,
    kind: z.enum(ARTICLE_KINDS).default('NEWS'),
    slug: slug.describe('unique in its edition over all kinds'),
    language: language.optional().describe('BCP 47; default: the edition’s'),
    kicker: text(200).optional(),
    headline: text(500).describe('plain text, as every field but html'),
    standfirst: text(2000).optional(),
    byline: byline.optional().describe('who signs; a leading "By" is taken off'),
    publishedAt: instant,
    updatedAt: instant.optional().describe('default: publishedAt at first, later the instant of the import'),
    section: path.describe('the primary section; must exist'),
    sections: z.array(path).max(20).default([]).describe('further sections; must exist'),
    authors: z
      .array(named)
      .max(50)
      .default([])
      .describe('in editorial order; a bare slug must exist, one with a name is made when missing'),
    tags: z.array(named).max(100).default([]).describe('in editorial order; as authors'),
    sources: z
      .array(z.strictObject({ name: text(200), kind: z.enum(SOURCE_KINDS).default('STAFF'), url: address.optional() }))
      .max(20)
      .default([]),
    lead: media.optional(),
    media: z.array(media).max(100).default([]),
    html: z.string().max(2_000_000).default('').describe('the body; sanitised and turned into blocks'),
    corrections: z
      .array(z.strictObject({ text: text(2000), correctedAt: instant }))
      .max(100)
      .default([]),
    rights: z
      .strictObject({
        syndication: z.enum(SYNDICATION_RIGHTS).default('FULL'),
        holder: text(300).optional(),
        usageTerms: text(2000).optional(),
        embargoedUntil: instant.optional(),
        expiresAt: instant.optional(),
      })
      .prefault({}),
    breaking: z.boolean().default(false),
    breakingUntil: instant.optional().describe('exclusive'),
    aliases: z.array(address).max(100).default([]).describe('former addresses under the edition’s own, newest first'),
    seo: z
      .strictObject({
        title: text(300).optional(),
        description: text(1000).optional(),
        canonicalUrl: address.optional(),
        image: image.optional(),
        noIndex: z.boolean().default(false),
      })
      .optional(),
    translationGroup: translationGroup.optional(),
    withdrawnAt: instant.optional().describe('taken down: its addresses answer GONE'),
  })
  .describe('An article');

/** What a line is checked against, by its `type`: a union would answer a mistake with the mistakes of all five. */
export const documentSchemas = {
  section: sectionLine,
  tag: tagLine,
  author: authorLine,
  live: liveLine,
  article: articleLine,
} as const;

/** One line of an import file: `type` says what it is; without one it is an article. */
export const documentSchema = z.union([sectionLine, tagLine, authorLine, liveLine, articleLine]);

/**
 * That a story is withdrawn, and nothing else of it: what is stored of it stays as it is. No line is one; readers of
 * files of others make them.
 */
export interface WithdrawalDocument {
  readonly type: 'withdrawal';
  /** Whose story it may be: it is withdrawn in each of them. */
  readonly editions: readonly EditionCode[];
  readonly sourceId: string;
  /** Undefined: it does not say, and counts as given when it is imported. */
  readonly withdrawnAt: Instant | undefined;
}

/** What a line holds, and what any file may. */
export type LineDocument = z.output<typeof documentSchema>;
export type Document = LineDocument | WithdrawalDocument;
export type ArticleDocument = z.output<typeof articleLine> & {
  /** Whether it is left out when what is stored is newer, or is as old and withdrawn. Not for lines to say. */
  readonly isOnlyIfNewer?: boolean;
};
export type SectionDocument = z.output<typeof sectionLine>;
export type TagDocument = z.output<typeof tagLine>;
export type AuthorDocument = z.output<typeof authorLine>;
export type LiveDocument = z.output<typeof liveLine>;
export type MediaDocument = z.output<typeof media>;
export type ImageDocument = z.output<typeof image>;
/** An article, a medium and a picture as an import line may write them. */
export type ArticleInput = z.input<typeof articleLine>;
export type MediaInput = z.input<typeof media>;
export type ImageInput = z.input<typeof image>;
/** A tag or author of an article: a slug that exists, or one with the name it is given when it does not. */
export type NamedDocument = z.output<typeof named>;
