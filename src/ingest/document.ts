import { z } from 'zod';
import { parseEditionCode } from '../content/edition.ts';
import { ARTICLE_KINDS, AUTHOR_KINDS, SECTION_KINDS, SOURCE_KINDS, SYNDICATION_RIGHTS } from '../content/entities.ts';
import { normalisePath, normaliseSlug } from '../content/slug.ts';

/** Words of one line, NFC, no control characters that a headline cannot mean. */
const text = (limit: number) =>
  z
    .string()
    .max(limit)
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => value !== '', 'must not be empty');

const instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant with an offset, e.g. 2026-11-23T09:00:00+02:00' })
  .transform((value) => Math.floor(Date.parse(value) / 1000) * 1000)
  .meta({ format: 'date-time' });

const edition = z
  .string()
  .transform((value, context) => {
    const code = parseEditionCode(value);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: `unknown edition "${value.slice(0, 20)}"` });
    return z.NEVER;
  })
  .describe('en, ar or es, in either case');

const slug = z
  .string()
  .min(1)
  .max(200)
  .transform(normaliseSlug)
  .refine((value) => value !== '' && !value.includes('/'), 'must be one step of an address');
const path = z
  .string()
  .min(1)
  .max(400)
  .transform(normalisePath)
  .refine((value) => value !== '', 'must not be empty');
const address = z
  .string()
  .max(2000)
  .refine(
    (value) => (value.startsWith('/') ? !value.startsWith('//') : /^https?:$/.test(URL.parse(value)?.protocol ?? '')),
    'must be an http(s) URL or begin with one slash',
  );
const translationGroup = text(200).describe(
  'what ties the versions of one story, section, tag or author over the editions',
);
const length = z.int().positive().max(100_000);

const caption = { caption: text(2000).optional(), credit: text(500).optional() };
const image = z.strictObject({
  type: z.literal('image').default('image'),
  url: address,
  renditions: z
    .array(z.strictObject({ url: address, width: length, height: length }))
    .max(50)
    .default([]),
  width: length.optional(),
  height: length.optional(),
  alt: z
    .string()
    .max(2000)
    .transform((value) => value.normalize('NFC'))
    .optional()
    .describe('"" is decorative, absent is unknown'),
  ...caption,
});
const video = z.strictObject({
  type: z.literal('video'),
  url: address.describe('the page to watch it on'),
  sources: z
    .array(
      z.strictObject({
        url: address,
        mimeType: z.string().max(100),
        width: length.optional(),
        height: length.optional(),
      }),
    )
    .max(50)
    .default([]),
  poster: image.optional(),
  durationSeconds: z.int().nonnegative().optional(),
  ...caption,
});
const gallery = z.strictObject({ type: z.literal('gallery'), images: z.array(image).min(1).max(200), ...caption });
const infographic = z.strictObject({ type: z.literal('infographic'), image, ...caption });
const media = z.union([video, gallery, infographic, image]);

/** A place in the edition's tree; its parent is the path without the last step and must come first. */
const sectionLine = z.strictObject({
  type: z.literal('section'),
  edition,
  path,
  name: text(200),
  kind: z.enum(SECTION_KINDS).default('TOPIC'),
  description: text(2000).optional(),
  position: z.int().default(0),
  translationGroup: translationGroup.optional(),
});

const tagLine = z.strictObject({
  type: z.literal('tag'),
  edition,
  slug,
  name: text(200),
  translationGroup: translationGroup.optional(),
});

const authorLine = z.strictObject({
  type: z.literal('author'),
  edition,
  slug,
  name: text(200),
  kind: z.enum(AUTHOR_KINDS).default('PERSON'),
  role: text(200).optional(),
  bio: text(5000).optional(),
  avatar: image.optional(),
  translationGroup: translationGroup.optional(),
});

const liveLine = z.strictObject({
  type: z.literal('live'),
  edition,
  title: text(300),
  url: address,
  startedAt: instant.optional(),
  endedAt: instant.optional(),
});

const articleLine = z.strictObject({
  type: z.literal('article').default('article'),
  source: text(100).optional().describe('the publishing system; default: --source'),
  sourceId: text(300).describe('its own id for the story; importing it again updates the article'),
  edition,
  kind: z.enum(ARTICLE_KINDS).default('NEWS'),
  slug,
  language: z.string().max(35).optional().describe('BCP 47; default: the edition’s'),
  kicker: text(200).optional(),
  headline: text(500),
  standfirst: text(2000).optional(),
  byline: text(300).optional().describe('without "By"'),
  publishedAt: instant,
  updatedAt: instant.optional().describe('default: publishedAt'),
  section: path.describe('the primary section; must exist'),
  sections: z.array(path).max(20).default([]).describe('further sections; must exist'),
  authors: z
    .array(z.union([slug, z.strictObject({ slug, name: text(200) })]))
    .max(50)
    .default([])
    .describe('in editorial order; a bare slug must exist, one with a name is made when missing'),
  tags: z
    .array(z.union([slug, z.strictObject({ slug, name: text(200) })]))
    .max(100)
    .default([])
    .describe('in editorial order; as authors'),
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
  breakingUntil: instant.optional(),
  aliases: z.array(address).max(100).default([]).describe('former addresses under the edition’s own'),
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
});

/** One line of an import file: `type` says what it is; without one it is an article. */
export const documentSchema = z.union([sectionLine, tagLine, authorLine, liveLine, articleLine]);

export type Document = z.output<typeof documentSchema>;
export type ArticleDocument = z.output<typeof articleLine>;
export type SectionDocument = z.output<typeof sectionLine>;
export type TagDocument = z.output<typeof tagLine>;
export type AuthorDocument = z.output<typeof authorLine>;
export type LiveDocument = z.output<typeof liveLine>;
export type MediaDocument = z.output<typeof media>;
export type ImageDocument = z.output<typeof image>;
