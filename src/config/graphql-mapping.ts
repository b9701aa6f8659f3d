import { z } from 'zod';
import { ARTICLE_KINDS, AUTHOR_KINDS, SECTION_KINDS, SOURCE_KINDS, SYNDICATION_RIGHTS } from '../content/entities.ts';

/** Where a value stands in an answer: response keys joined by dots; through a list it is one value for each of it. */
const path = z
  .string()
  .regex(/^[_A-Za-z]\w*(\.[_A-Za-z]\w*)*$/, 'must be field names joined by dots, such as dates.first')
  .meta({ id: 'path' });

const constant = z.union([z.string(), z.number(), z.boolean()]);

const longRule = z.strictObject({
  path: path.optional().describe('where it stands, as response keys joined by dots'),
  map: z
    .record(z.string(), constant)
    .optional()
    .describe('their words to ours; a word that is not here counts as absent'),
  default: constant.optional().describe('when it is absent or null'),
  value: constant.optional().describe('the same for every one; stands alone'),
});

const RULE = 'must be a path such as dates.first, or one of { path, map, default }, or { value } alone';
const isRule = ({ path: at, value, ...others }: z.output<typeof longRule>): boolean =>
  value === undefined ? at !== undefined : at === undefined && Object.keys(others).length === 0;

/** How one of our values is found among theirs: a path, a path with words to change, or a constant. */
const rule = z
  .union([path.transform((at) => ({ path: at })), longRule.refine(isRule, RULE)], { error: RULE })
  .transform((given): Rule => given)
  .meta({ id: 'rule' });

type Constant = z.output<typeof constant>;
export interface Rule {
  readonly path?: string | undefined;
  readonly map?: Readonly<Record<string, Constant>> | undefined;
  readonly default?: Constant | undefined;
  readonly value?: Constant | undefined;
}

const of = (words: readonly string[]): string => `one of ${words.join(', ')}`;

const image = z
  .strictObject({
    path: path.describe('where the picture stands; null there: none'),
    url: rule,
    alt: rule.optional().describe('"" is decorative; absent: unknown'),
    caption: rule.optional(),
    credit: rule.optional(),
    width: rule.optional(),
    height: rule.optional(),
    renditions: z.strictObject({ each: path, url: rule, width: rule, height: rule }).optional(),
  })
  .meta({ id: 'image', description: 'a picture: paths below begin where it stands' });

const storyFields = z
  .strictObject({
    each: path.describe('where the list of stories stands; paths below begin there'),
    id: rule.describe('their own id, as it is asked for'),
    published: rule.optional().describe('only stories where this is true are there; default: all that are answered'),
    kind: rule.optional().describe(of(ARTICLE_KINDS)),
    slug: rule,
    language: rule.optional().describe('BCP 47; default: the edition’s'),
    kicker: rule.optional(),
    headline: rule,
    standfirst: rule.optional(),
    byline: rule.optional(),
    publishedAt: rule.describe('RFC 3339 with an offset'),
    modifiedAt: rule.describe('RFC 3339 with an offset; must move at every save'),
    sections: rule.describe('paths, the primary first'),
    authors: rule.optional().describe('slugs, in order'),
    tags: rule.optional().describe('slugs, in order'),
    sources: z
      .strictObject({ each: path, name: rule, kind: rule.optional().describe(of(SOURCE_KINDS)), url: rule.optional() })
      .optional(),
    lead: image.optional(),
    media: image.optional().describe('further pictures: a list'),
    html: rule.optional().describe('the body'),
    corrections: z.strictObject({ each: path, text: rule, correctedAt: rule }).optional(),
    rights: z
      .strictObject({
        syndication: rule.optional().describe(`${of(SYNDICATION_RIGHTS)}; default: FULL`),
        holder: rule.optional(),
        usageTerms: rule.optional(),
        embargoedUntil: rule.optional(),
        expiresAt: rule.optional(),
      })
      .optional(),
    breaking: rule.optional(),
    breakingUntil: rule.optional(),
    formerAddresses: rule.optional().describe('newest first'),
    seo: z
      .strictObject({
        title: rule.optional(),
        description: rule.optional(),
        canonicalUrl: rule.optional(),
        noIndex: rule.optional(),
        image: image.optional(),
      })
      .optional(),
    translationGroup: rule.optional(),
  })
  .describe('what of theirs is what of ours');

const taxonomyFields = z.strictObject({
  sections: z.strictObject({
    each: path,
    path: rule.describe('such as news/politics: its parent is the path without the last step'),
    name: rule,
    kind: rule.optional().describe(`${of(SECTION_KINDS)}; default: TOPIC`),
    description: rule.optional(),
    position: rule.optional().describe('display order; default: as they are answered'),
    translationGroup: rule.optional(),
  }),
  tags: z.strictObject({ each: path, slug: rule, name: rule, translationGroup: rule.optional() }).optional(),
  authors: z
    .strictObject({
      each: path,
      slug: rule,
      name: rule,
      kind: rule.optional().describe(`${of(AUTHOR_KINDS)}; default: PERSON`),
      role: rule.optional(),
      bio: rule.optional(),
      avatar: image.optional(),
      translationGroup: rule.optional(),
    })
    .optional(),
  live: z
    .strictObject({ path, title: rule, url: rule, startedAt: rule.optional(), endedAt: rule.optional() })
    .optional(),
});

const sightingFields = z.strictObject({
  each: path.describe('where the list stands; paths of id and modifiedAt begin there'),
  id: rule,
  modifiedAt: rule,
  next: path
    .optional()
    .describe('where the cursor of the next page stands; given back as $after; null there: that was all'),
  hasMore: path
    .optional()
    .describe('where it says whether there is a next page, for cursors that stand on the last one too'),
});

/** Which of their fields are which of ours, for each of the documents. */
export const graphqlMapping = z.strictObject({
  stories: storyFields,
  taxonomy: taxonomyFields,
  savedSince: sightingFields,
  inventory: sightingFields,
});

export type GraphqlMapping = z.output<typeof graphqlMapping>;
export type StoryFields = GraphqlMapping['stories'];
export type TaxonomyFields = GraphqlMapping['taxonomy'];
export type SightingFields = GraphqlMapping['inventory'];
export type ImageFields = z.output<typeof image>;
