import { z } from 'zod';
import { parseEditionCode } from '../content/edition.ts';
import { LEADING_BY } from '../content/leading-by.ts';
import { normalisePath, normaliseSlug } from '../content/slug.ts';
import { isShortKey } from '../content/spelling.ts';
import { pickMediaAddress } from './html/safe-address.ts';

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS_AND_BLANKS = /[\u0000-\u0020\u007f\s]+/g;

/** Words of one line: NFC, runs of blanks, no-break ones too, line breaks and control characters as one blank; never empty. */
export const text = (limit: number) =>
  z
    .string()
    .max(limit)
    .transform((value) => value.normalize('NFC').replace(CONTROLS_AND_BLANKS, ' ').trim())
    .refine((value) => value !== '', 'must not be empty');

// What PostgreSQL and four-digit years both know.
const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

/** An instant with its offset, in whole seconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant with an offset, e.g. 2026-11-23T09:00:00+02:00' })
  .transform((value) => Math.floor(Date.parse(value) / 1000) * 1000)
  .refine((value) => value >= EARLIEST && value <= LATEST, 'must lie between the years 1000 and 9999')
  .meta({ format: 'date-time' });

/** One of the gateway's editions, in either case. */
export const edition = z
  .string()
  .transform((value, context) => {
    const code = parseEditionCode(value);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: `unknown edition "${value.slice(0, 20)}"` });
    return z.NEVER;
  })
  .describe('the code of an edition, such as en, in either case');

// Browsers resolve these away before they ask.
const isStep = (value: string): boolean => value !== '' && value !== '.' && value !== '..';
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const hasControls = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);

const SLUG_LETTERS = 200;
const PATH_LETTERS = 400;
/** Of letters that stand for several, such as ligatures: what it is found by must fit into an index. */
const TOO_LONG = 'is too long once its ligatures are written out';

/** One step of an address: percent-escapes decoded, NFC. */
export const slug = z
  .string()
  .min(1)
  .max(SLUG_LETTERS)
  .transform(normaliseSlug)
  .refine((value) => isStep(value) && !value.includes('/') && !hasControls(value), 'must be one step of an address')
  .refine((value) => isShortKey(value, SLUG_LETTERS), TOO_LONG);

/** Steps joined by slashes: percent-escapes decoded, NFC, no outer slash. */
export const path = z
  .string()
  .min(1)
  .max(PATH_LETTERS)
  .transform(normalisePath)
  .refine((value) => value.split('/').every(isStep) && !hasControls(value), 'must be the path of an address')
  .refine((value) => isShortKey(value, PATH_LETTERS), TOO_LONG);

/** An http(s) URL, or a path on the gateway itself. */
export const address = z
  .string()
  .max(2000)
  .transform((value, context) => {
    const picked = pickMediaAddress(value);
    if (picked !== null) return picked;
    context.addIssue({ code: 'custom', message: 'must be an http(s) URL or begin with one slash' });
    return z.NEVER;
  });

/** A BCP 47 tag in its canonical form. */
export const language = z
  .string()
  .max(35)
  .transform((value, context) => {
    try {
      return new Intl.Locale(value).toString();
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a BCP 47 language tag, e.g. en or ar-LB' });
      return z.NEVER;
    }
  });

/** Who signs, without the word for "by" that sites write before it in the three languages. */
export const byline = text(300).transform((value) => value.replace(LEADING_BY, ''));

/** The name that counterparts in other editions share. */
export const translationGroup = text(200).describe(
  'what ties the versions of one story, section, tag or author over the editions',
);

const length = z.int().positive().max(100_000);
const caption = { caption: text(2000).optional(), credit: text(500).optional() };

/** A picture. */
export const image = z.strictObject({
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
    .transform((value) => value.normalize('NFC').replace(CONTROLS_AND_BLANKS, ' ').trim())
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
        mimeType: text(100),
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

/** A picture unless `type` says otherwise. */
export const media = z.discriminatedUnion('type', [video, gallery, infographic, image]);
