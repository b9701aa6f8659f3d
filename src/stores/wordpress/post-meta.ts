import { z } from 'zod';
import type { Instant } from '../../clock.ts';
import { SOURCE_KINDS, SYNDICATION_RIGHTS, type Correction, type Source } from '../../content/entities.ts';
import { parseInstant } from '../../content/instant.ts';
import { addressOf } from './address-of.ts';
import { wordsOfHtml } from './text-of-html.ts';

// One field that another program wrote wrongly must not cost the reader the story: such a one is as good as absent. The
// exceptions are rights, which then hold.

/** Plain words; null: none. */
export const words = z.string().transform(wordsOfHtml).nullable().catch(null).default(null);
/** A word as a program reads it, as the gateway spells its own: `live-blog` is `LIVE_BLOG`. */
export const word = z
  .string()
  .transform(
    (text) =>
      text
        .trim()
        .toUpperCase()
        .replace(/[\s-]+/g, '_') || null,
  )
  .nullable()
  .catch(null)
  .default(null);
const flag = z.boolean().catch(false).default(false);
const numbers = z.array(z.int().positive()).catch([]).default([]);
const instant = z.string().transform(parseInstant).nullable().catch(null).default(null);
const address = z.string().transform(addressOf).nullable().catch(null).default(null);

/** The last instant that databases and four-digit years both know. */
const NEVER: Instant = Date.UTC(9999, 11, 30);

const embargo = z
  .string()
  .transform((text) => (text.trim() === '' ? null : (parseInstant(text) ?? NEVER)))
  .nullable()
  .catch(NEVER)
  .default(null);

/** A word that is none of the three withholds the story: it was meant to. */
const syndication = word.transform((right) =>
  right === null ? 'FULL' : (SYNDICATION_RIGHTS.find((known) => known === right) ?? 'NONE'),
);

const source = z
  .object({ name: words, kind: word, url: address })
  .transform(({ name, kind, url }): Source | null =>
    name === null ? null : { name, kind: SOURCE_KINDS.find((known) => known === kind) ?? 'STAFF', url },
  )
  .catch(null);

const correction = z
  .object({ text: words, corrected_at: instant })
  .transform(({ text, corrected_at: correctedAt }): Correction | null =>
    text === null || correctedAt === null ? null : { text, correctedAt },
  )
  .catch(null);

const present = <T>(values: readonly (T | null)[]): readonly T[] => values.filter((value) => value !== null);

const formerAddress = z
  .string()
  .transform((text) => (/^\/(?![/\\])/.test(text.trim()) ? text.trim() : addressOf(text)))
  .catch(null);

/** PHP writes an object without fields as a list. */
const object = (value: unknown): unknown => (Array.isArray(value) || value === null ? {} : value);

/** What core does not hold of a story: the plugin registers it (`plugins/wordpress/masthead`). */
export const postMeta = z
  .preprocess(
    object,
    z.object({
      masthead_kind: word,
      masthead_kicker: words,
      masthead_byline: words,
      masthead_language: words,
      /** The number of a category. */
      masthead_primary_section: z.int().nonnegative().catch(0).default(0),
      /** Numbers of users, in editorial order; empty: the post's author. */
      masthead_authors: numbers,
      /** Numbers of tags in editorial order; those that are missing follow. */
      masthead_tag_order: numbers,
      masthead_sources: z.array(source).transform(present).catch([]).default([]),
      masthead_corrections: z.array(correction).transform(present).catch([]).default([]),
      masthead_syndication: syndication,
      masthead_rights_holder: words,
      masthead_usage_terms: words,
      masthead_embargoed_until: embargo,
      masthead_expires_at: instant,
      masthead_breaking: flag,
      masthead_breaking_until: instant,
      masthead_former_addresses: z.array(formerAddress).transform(present).catch([]).default([]),
      masthead_translation_group: words,
      masthead_seo_title: words,
      masthead_seo_description: words,
      masthead_seo_canonical_url: address,
      masthead_seo_noindex: flag,
    }),
  )
  .prefault({});

export type PostMeta = z.output<typeof postMeta>;

/** Meta of another kind of thing, under the same rules. */
export const metaOf = <Shape extends z.ZodRawShape>(shape: Shape) => z.preprocess(object, z.object(shape)).prefault({});
