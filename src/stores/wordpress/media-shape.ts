import { z } from 'zod';
import { metaOf, words } from './post-meta.ts';
import { number } from './post-shape.ts';

const length = z.int().positive().max(100_000).nullable().catch(null).default(null);

/** WordPress lists some without an address, and plugins whatever they like: such a one cannot be shown, the picture can. */
const size = z.object({ source_url: z.string(), width: length, height: length }).nullable().catch(null);

type Size = NonNullable<z.output<typeof size>>;

const sizes = z
  .record(z.string(), size)
  .catch({})
  .transform((all) =>
    Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Size] => entry[1] !== null)),
  );

const imageMeta = metaOf({ credit: words, copyright: words });

const details = metaOf({
  width: length,
  height: length,
  /** PHP writes none as an empty list. */
  sizes: sizes.default({}),
  image_meta: imageMeta,
  /** Of a film, in seconds. */
  length: z.int().nonnegative().nullable().catch(null).default(null),
});

const medium = z.object({
  id: number,
  link: z.string(),
  source_url: z.string(),
  mime_type: z.string(),
  alt_text: z.string().default(''),
  caption: z.object({ rendered: z.string().default(''), raw: z.string().optional() }),
  description: z.object({ rendered: z.string().default('') }).default({ rendered: '' }),
  media_details: details,
  meta: metaOf({ masthead_credit: words, masthead_decorative: z.boolean().catch(false).default(false) }),
});

/** A picture or film as `wp/v2/media` tells it. */
export type WordPressMedium = z.output<typeof medium>;

export const mediaShape = z.array(medium);

/**
 * What of a medium is asked for. As with excerpts, a caption nobody wrote is made of the description. Both are asked for
 * whole: of media WordPress knows no part of a field.
 */
export const mediaFields = (isAnonymous: boolean): string =>
  `id,link,source_url,mime_type,alt_text,media_details,meta,caption${isAnonymous ? ',description' : ''}`;
