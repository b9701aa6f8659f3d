import { z } from 'zod';
import { normaliseSlug } from '../../content/slug.ts';
import { metaOf, word, words } from './post-meta.ts';
import { number } from './post-shape.ts';
import { textOfHtml, wordsOfHtml } from './text-of-html.ts';

const slug = z.string().min(1).transform(normaliseSlug);
/** Entities in it are WordPress's own: it keeps names escaped. */
const name = z.string().transform(textOfHtml);
const description = z.string().default('').transform(wordsOfHtml);

const category = z.object({
  id: number,
  slug,
  name,
  description,
  /** 0: at the top. */
  parent: z.int().nonnegative(),
  meta: metaOf({
    masthead_section_kind: word,
    masthead_position: z.int().catch(0).default(0),
    masthead_translation_group: words,
  }),
});

const tag = z.object({ id: number, slug, name, meta: metaOf({ masthead_translation_group: words }) });

const user = z.object({
  id: number,
  slug,
  name,
  description,
  avatar_urls: z.record(z.string(), z.string()).catch({}).default({}),
  meta: metaOf({ masthead_author_kind: word, masthead_role: words, masthead_translation_group: words }),
});

export type WordPressCategory = z.output<typeof category>;
export type WordPressTag = z.output<typeof tag>;
export type WordPressUser = z.output<typeof user>;

/** Where each kind is asked for, with what of it and in which shape. */
export const TERMS = {
  categories: { route: 'wp/v2/categories', fields: 'id,slug,name,description,parent,meta', shape: z.array(category) },
  tags: { route: 'wp/v2/tags', fields: 'id,slug,name,meta', shape: z.array(tag) },
  users: { route: 'wp/v2/users', fields: 'id,slug,name,description,avatar_urls,meta', shape: z.array(user) },
} as const;
