import { z } from 'zod';
import type { Instant } from '../../clock.ts';
import { parseInstant } from '../../content/instant.ts';
import { postMeta } from './post-meta.ts';

/** WordPress's times in UTC carry no Z; what has none yet is null or all zeros. */
export const gmt = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : parseInstant(`${text}Z`)));

export const number = z.int().positive();

const words = z.object({ rendered: z.string().default(''), raw: z.string().optional() });

/** What says which story it is and who may see it: a site that has that wrong has answered some other question. */
const standing = {
  id: number,
  status: z.enum(['publish', 'future']),
  content: z.object({ rendered: z.string().optional(), protected: z.boolean() }),
};

const post = z
  .object({
    ...standing,
    slug: z.string(),
    date_gmt: gmt,
    modified_gmt: gmt,
    title: words,
    excerpt: words,
    /** 0: nobody. */
    author: z.int().nonnegative(),
    /** 0: none. */
    featured_media: z.int().nonnegative().default(0),
    format: z.string().default('standard'),
    categories: z.array(number).default([]),
    tags: z.array(number).default([]),
    meta: postMeta,
  })
  .transform(({ date_gmt: publishedAt, modified_gmt: modifiedAt, ...others }, context) => {
    const [date, modified] = [publishedAt ?? modifiedAt, modifiedAt ?? publishedAt];
    if (date !== null && modified !== null) return { ...others, publishedAt: date, modifiedAt: modified };
    context.addIssue({ code: 'custom', message: 'has no date' });
    return z.NEVER;
  });

/** A story as `wp/v2/posts` tells it. */
export type WordPressPost = z.output<typeof post>;

/** A post whose other fields cannot be what they have to be. */
export interface UnfitPost {
  readonly id: number;
  readonly content: WordPressPost['content'];
  readonly modifiedAt: Instant | null;
  readonly reason: string;
}

export const postsShape = z.array(
  z.looseObject(standing).transform((row): WordPressPost | UnfitPost => {
    const read = post.safeParse(row);
    if (read.success) return read.data;
    const { id, content } = row;
    const reason = read.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
    return { id, content, modifiedAt: gmt.safeParse(row['modified_gmt']).data ?? null, reason };
  }),
);

const FIELDS =
  'id,status,slug,date_gmt,modified_gmt,title.rendered,content.protected,author,featured_media,format,categories,tags,meta';

/**
 * What of a post is asked for: the rest costs WordPress time, rendered bodies most of all. Whoever may not see the excerpt
 * that was written is given the one WordPress made of the body, and needs the body to tell.
 */
export const postFields = (isAnonymous: boolean, withHtml: boolean): string => {
  const excerpt = isAnonymous ? 'excerpt.rendered' : 'excerpt.raw';
  return [FIELDS, excerpt, ...(withHtml || isAnonymous ? ['content.rendered'] : [])].join(',');
};

/** That a story is there, as `wp/v2/posts` tells it. */
export const sightingsShape = z.array(
  z.object({
    id: number,
    /** In the site's own time zone, which is what WordPress sorts and filters by. */
    modified: z.string(),
    modified_gmt: gmt,
    content: z.object({ protected: z.boolean() }),
  }),
);

export const SIGHTING_FIELDS = 'id,modified,modified_gmt,content.protected';
